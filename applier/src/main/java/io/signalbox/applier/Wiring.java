package io.signalbox.applier;

import io.signalbox.applier.ApplierSettings.Mode;
import io.signalbox.applier.ApplierSettings.OnExit;
import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.users.UserLists;
import io.signalbox.haproxy.LocalSettings.LogTarget;
import io.signalbox.process.BrokerWatch;
import io.signalbox.process.DirectoryLock;
import io.signalbox.process.ExpectedTopic;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.SchemaWatch;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Puts an applier together from its settings and starts its threads. */
final class Wiring {
    private static final Duration ROTATION = Duration.ofSeconds(1);
    private static final int LONGEST_ERRORS = 8 * 1024 * 1024;

    private Wiring() {}

    static void start(ApplierSettings settings, ProcessRuntime runtime) {
        Places places = Places.open(settings.directory());
        runtime.closing("directory", DirectoryLock.hold(places.root(), "the applier's directory"));
        Assembly.Site site = site(settings, places);
        SchemaWatch schemas = SchemaWatch.start(runtime);
        LateConfigLog configLog = new LateConfigLog();
        KafkaReports reports = reports(settings, runtime, schemas);
        if (settings.onExit() == OnExit.STOP) {
            runtime.closing("haproxy", site.haproxy()::stop);
        }
        Assembly assembly =
                Assembly.of(
                        site,
                        new Assembly.Outside(
                                reports,
                                configLog,
                                runtime.metrics(),
                                runtime.readiness(),
                                InstantSource.system(),
                                settings.adoptTopic().orElse("")));
        OldWorkerGauges oldWorkers = new OldWorkerGauges(site.haproxy(), runtime.metrics());
        KafkaConfigLog log = log(settings, runtime, schemas, assembly.loop());
        configLog.is(log);
        serveCertificates(settings, runtime, site.certificates());
        runtime.closing("knock", assembly.knock());
        runtime.run("results", stop -> reports.run());
        runtime.run("knock", stop -> assembly.knock().run());
        runtime.run("certificates", stop -> assembly.certificates().run());
        runtime.run("users", stop -> assembly.users().run());
        runtime.run("files", stop -> assembly.files().run());
        runtime.run("logs", stop -> rotate(settings, places));
        runtime.run("workers", stop -> oldWorkers.run());
        runtime.run("loop", assembly.loop()::run, () -> {});
        runtime.run("configs", log::run, log::wakeup);
    }

    private static KafkaReports reports(
            ApplierSettings settings, ProcessRuntime runtime, SchemaWatch schemas) {
        Codec<ApplyResult> results = schemas.codecs().results();
        Codec<Liveness> liveness = schemas.codecs().liveness();
        return new KafkaReports(
                runtime.closing("results", runtime.kafka().producer("results")),
                result -> schemas.patiently(() -> results.encode(result)),
                beat -> schemas.patiently(() -> liveness.encode(beat)),
                settings.common().topicPrefix());
    }

    private static KafkaConfigLog log(
            ApplierSettings settings,
            ProcessRuntime runtime,
            SchemaWatch schemas,
            ApplierLoop loop) {
        String prefix = settings.common().topicPrefix();
        String topic = Topic.PROXY_CONFIGS.topicName(prefix, settings.group());
        AtomicReference<KafkaConfigLog> log = new AtomicReference<>();
        BrokerWatch brokers =
                BrokerWatch.start(
                        runtime,
                        topics(prefix, topic),
                        change -> {
                            KafkaConfigLog reading = log.get();
                            if (reading != null) {
                                reading.topicRecreated(change);
                            }
                        });
        KafkaConfigLog reading =
                new KafkaConfigLog(
                        topic,
                        new BrokerSource(
                                runtime.kafka(),
                                brokers,
                                schemas,
                                schemas.codecs().configs(settings.group()),
                                topic),
                        loop::offer,
                        runtime.metrics().counter("unreadable", "Records that could not be read."));
        log.set(reading);
        return reading;
    }

    private static void serveCertificates(
            ApplierSettings settings, ProcessRuntime runtime, CertificateKeeper certificates) {
        CertificateApiSettings api = settings.certificates().api();
        if (api.token().isPresent()) {
            CertificateApi.serve(
                    runtime.http(),
                    certificates,
                    api,
                    settings.directory(),
                    InstantSource.system());
        }
    }

    private static List<ExpectedTopic> topics(String prefix, String configs) {
        return List.of(
                new ExpectedTopic(
                        configs,
                        Topic.PROXY_CONFIGS.partitions(),
                        Topic.PROXY_CONFIGS.checkedConfig()),
                expected(prefix, Topic.APPLY_RESULTS),
                expected(prefix, Topic.LIVENESS));
    }

    private static ExpectedTopic expected(String prefix, Topic topic) {
        return new ExpectedTopic(
                topic.topicName(prefix), topic.partitions(), topic.checkedConfig());
    }

    private static Assembly.Site site(ApplierSettings settings, Places places) {
        boolean owned = settings.mode() == Mode.OWNED;
        Binary binary = Binary.at(settings.haproxy());
        try {
            ConfigDirectory directory =
                    ConfigDirectory.open(
                            places.root(), owned ? Disk.Readers.OWNER : Disk.Readers.GROUP);
            StatisticsPort statistics = new StatisticsPort();
            Haproxy haproxy =
                    owned
                            ? owned(settings, places, directory, statistics)
                            : attached(settings, directory.currentConfig());
            Deployment.Local local =
                    new Deployment.Local(
                            List.of(binary.path().toString(), "-c", "-f"),
                            owned && settings.accessLog() ? LogTarget.STDOUT : LogTarget.OPERATOR,
                            GlobalFile.lines(settings.globalFile(), owned),
                            statistics);
            CertificateKeeper certificates =
                    settings.certificates().keeper(places, System.getenv(), local.check());
            UserLists users =
                    UserLists.open(
                            settings.users().orElseGet(() -> places.root().resolve("users")),
                            directory.currentConfig());
            return new Assembly.Site(
                    new Reporter.Identity(settings.group(), settings.applierId(), settings.reach()),
                    haproxy,
                    owned,
                    binary.version(),
                    places,
                    new Deployment(directory, places, local, certificates, users),
                    certificates,
                    users,
                    settings.allowSnippets());
        } catch (IOException e) {
            throw new StartFailure(
                    "the applier's directory " + places.root() + " cannot be used: " + e, e);
        } catch (InterruptedException e) {
            throw new StartFailure("stopped while looking for an HAProxy that still serves", e);
        }
    }

    private static Haproxy owned(
            ApplierSettings settings,
            Places places,
            ConfigDirectory directory,
            StatisticsPort statistics)
            throws IOException, InterruptedException {
        HaproxyProcess process =
                new HaproxyProcess(
                        settings.haproxy(),
                        directory.currentConfig(),
                        places,
                        settings.accessLog());
        if (process.adopt()) {
            held(directory).ifPresent(statistics::hold);
        }
        return process;
    }

    /** Where the HAProxy that is taken over has its statistics page. */
    private static Optional<Listen> held(ConfigDirectory directory) throws IOException {
        Path config = directory.currentConfig();
        if (!Files.exists(config)
                || !Files.readString(config).contains("\nfrontend statistics\n")) {
            return Optional.empty();
        }
        return directory
                .lastKnownGood()
                .flatMap(directory::read)
                .map(saved -> saved.wanted().frame().statistics());
    }

    private static Haproxy attached(ApplierSettings settings, Path current) {
        return new AttachedHaproxy(
                settings.configFile().orElseThrow(),
                current,
                settings.masterSocket().map(MasterSocket::new),
                settings.reloadCommand());
    }

    private static void rotate(ApplierSettings settings, Places places)
            throws InterruptedException {
        AccessLog requests = new AccessLog(places.accessLog(), settings.accessLogSize());
        AccessLog errors = new AccessLog(places.errors(), LONGEST_ERRORS);
        while (true) {
            Thread.sleep(ROTATION);
            try {
                requests.rotate();
                errors.rotate();
            } catch (IOException e) {
                // A full or vanished disk: looked at again in a second, and HAProxy goes on.
            }
        }
    }
}
