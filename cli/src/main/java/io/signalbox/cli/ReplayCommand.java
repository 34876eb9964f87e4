package io.signalbox.cli;

import io.signalbox.cli.replay.Difference;
import io.signalbox.cli.replay.KafkaReplayLog;
import io.signalbox.cli.replay.Replay;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.registry.RegistrySettings;
import io.signalbox.renderer.Renderer;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.io.Console;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox replay}: whether what stands in the log follows from the facts in it. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the facts from the beginning, folds and renders them again, and compares.",
            "Exit code 0: all is the same; 1: the first difference is named; 2: wrong settings, or no broker answers."
        })
final class ReplayCommand extends OperatorCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    private static final List<Setting<?>> SETTINGS =
            List.of(
                    CommonSettings.BOOTSTRAP_SERVERS,
                    CommonSettings.SCHEMA_REGISTRY_URL,
                    CommonSettings.TOPIC_PREFIX,
                    CommonSettings.REPLICATION_FACTOR,
                    CommonSettings.MIN_INSYNC_REPLICAS,
                    RegistrySettings.GONE_RETENTION,
                    SettingSources.CONFIG);

    @Option(
            names = "--check",
            description =
                    "Compares with the entries of service-state and with every manifest in config-history.")
    private boolean check;

    ReplayCommand() {
        super(SETTINGS);
    }

    @Override
    public Integer call() {
        if (!check) {
            throw new StartFailure("a replay only checks: --check");
        }
        SettingValues values = values();
        OperatorSettings settings = OperatorSettings.from(values);
        try (LogCodecs codecs = settings.codecs()) {
            return check(settings, codecs, values.get(RegistrySettings.GONE_RETENTION));
        } catch (KafkaException e) {
            throw new StartFailure(BrokerFailure.words(e, settings.kafka().brokers()), e);
        } catch (SchemaRegistryUnavailable e) {
            throw new StartFailure(
                    "the schema registry at %s does not answer: %s"
                            .formatted(settings.common().schemaRegistryUrl(), e.getMessage()),
                    e);
        }
    }

    private static int check(OperatorSettings settings, LogCodecs codecs, Duration goneRetention) {
        ReplayProgress progress =
                new ReplayProgress(
                        System.err,
                        Optional.ofNullable(System.console())
                                .map(Console::isTerminal)
                                .orElse(false));
        KafkaReplayLog log =
                new KafkaReplayLog(settings.kafka(), codecs, settings.common().topicPrefix());
        Replay.Rules rules = new Replay.Rules(Renderer.version(), goneRetention, Instant.now());
        Replay.Outcome outcome = new Replay(log, rules, progress::show).run();
        progress.end();
        outcome.tally().remarks().forEach(System.out::println);
        Difference difference = outcome.difference();
        if (difference != null) {
            System.out.println(
                    "difference at " + settings.common().topicPrefix() + difference.line());
        }
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%s: %s; %,d records in %.1f s (%,d/s)",
                        difference == null ? "no difference" : "stopped at a difference",
                        outcome.tally().summary(),
                        outcome.tally().records(),
                        progress.seconds(),
                        progress.rate(outcome.tally())));
        return difference == null ? 0 : DIFFERENT;
    }
}
