package io.signalbox.registry;

import io.signalbox.process.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker for short time-outs of the registries' group, so that a killed one is replaced
 * within four seconds. They are the broker's to allow ({@code
 * group.consumer.min.session.timeout.ms}).
 */
final class GroupTimeouts {
    private static final long PATIENCE_SECONDS = 5;
    private static final List<Wanted> WANTED =
            List.of(
                    new Wanted(
                            "consumer.session.timeout.ms",
                            3_000,
                            "group.consumer.min.session.timeout.ms"),
                    new Wanted(
                            "consumer.heartbeat.interval.ms",
                            1_000,
                            "group.consumer.min.heartbeat.interval.ms"));

    private GroupTimeouts() {}

    /** Sets what is longer than it should be; answers one sentence for each refusal. */
    static List<String> ask(KafkaClients kafka, String groupId) throws InterruptedException {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, groupId);
        List<String> warnings = new ArrayList<>();
        try (Admin admin = kafka.admin("group-timeouts")) {
            Config config =
                    admin.describeConfigs(List.of(group))
                            .all()
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .get(group);
            for (Wanted wanted : WANTED) {
                warnings.addAll(ask(admin, group, config, wanted));
            }
        } catch (ExecutionException | TimeoutException e) {
            warnings.add(
                    "time-outs of group %s are unknown: %s".formatted(groupId, e.getMessage()));
        }
        return warnings;
    }

    private static List<String> ask(
            Admin admin, ConfigResource group, @Nullable Config config, Wanted wanted)
            throws InterruptedException {
        ConfigEntry entry = config == null ? null : config.get(wanted.name());
        String actual = entry == null ? "unknown" : entry.value();
        if (entry != null && Long.parseLong(actual) <= wanted.ms()) {
            return List.of();
        }
        ConfigEntry shorter = new ConfigEntry(wanted.name(), Long.toString(wanted.ms()));
        try {
            admin.incrementalAlterConfigs(
                            java.util.Map.of(
                                    group,
                                    List.of(new AlterConfigOp(shorter, AlterConfigOp.OpType.SET))))
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            return List.of(
                    "the broker refuses %s=%d for group %s, it is %s: lower %s to replace a killed registry within 4 s"
                            .formatted(
                                    wanted.name(),
                                    wanted.ms(),
                                    group.name(),
                                    actual,
                                    wanted.limit()));
        }
    }

    private record Wanted(String name, long ms, String limit) {}
}
