package io.signalbox.registry;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import io.signalbox.registry.core.LivenessRules;
import io.signalbox.registry.doors.DoorsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The registry's settings.
 *
 * @param groupId the consumer group that shares the partitions out
 * @param liveness after how long silence means what
 * @param goneRetention how long removed entries stay as {@code GONE} before their tombstone
 * @param doors how others than watchers may write facts
 */
public record RegistrySettings(
        CommonSettings common,
        String groupId,
        LivenessRules liveness,
        Duration goneRetention,
        DoorsSettings doors) {

    static final Setting<HostPort> HTTP_LISTEN = CommonSettings.httpListen("registry", 8412);

    static final Setting<Duration> SUSPECTED_AFTER =
            Setting.of(
                    "host-suspected-after",
                    SettingType.duration(Duration.ofSeconds(2), Duration.ofHours(1)),
                    "5s",
                    "Silence after which a host is suspected and a standby watcher may take over.");
    static final Setting<Duration> LOST_AFTER =
            Setting.of(
                    "host-lost-after",
                    SettingType.duration(Duration.ofSeconds(3), Duration.ofDays(1)),
                    "30s",
                    "Silence after which a host is lost; its servers stay and HAProxy checks them.");
    static final Setting<Optional<Duration>> EXPIRED_AFTER =
            Setting.of(
                    "host-expired-after",
                    SettingType.durationOrNever(),
                    "15m",
                    "Time after which a lost host's servers go; 'never' keeps them.");

    /** How long removed entries are kept as gone; a replay must know it. */
    public static final Setting<Duration> GONE_RETENTION =
            Setting.of(
                    "gone-retention",
                    SettingType.duration(Duration.ofHours(1), Duration.ofDays(365)),
                    "21d",
                    "Time for which removed entries are kept as gone.");

    static final List<Setting<?>> ALL =
            CommonSettings.with(
                    HTTP_LISTEN,
                    java.util.stream.Stream.concat(
                                    java.util.stream.Stream.<Setting<?>>of(
                                            SUSPECTED_AFTER,
                                            LOST_AFTER,
                                            EXPIRED_AFTER,
                                            GONE_RETENTION),
                                    DoorsSettings.ALL.stream())
                            .toList());

    static RegistrySettings from(SettingValues values, CommonSettings common) {
        if (values.get(LOST_AFTER).compareTo(values.get(SUSPECTED_AFTER)) <= 0) {
            throw values.mistake(LOST_AFTER, "must be longer than " + SUSPECTED_AFTER.key());
        }
        return new RegistrySettings(
                common,
                common.topicPrefix() + "registry",
                new LivenessRules(
                        ticks(values.get(SUSPECTED_AFTER)),
                        ticks(values.get(LOST_AFTER)),
                        values.get(EXPIRED_AFTER)
                                .map(grace -> OptionalInt.of(ticks(grace)))
                                .orElse(OptionalInt.empty())),
                values.get(GONE_RETENTION),
                DoorsSettings.from(values));
    }

    private static int ticks(Duration duration) {
        return Math.toIntExact(Math.max(1, duration.toSeconds()));
    }
}
