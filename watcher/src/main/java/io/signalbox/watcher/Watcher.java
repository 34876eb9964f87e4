package io.signalbox.watcher;

import io.signalbox.process.BrokerWatch;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.ExpectedTopic;
import io.signalbox.process.HostPort;
import io.signalbox.process.Metrics;
import io.signalbox.process.Outage;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessLauncher;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.SchemaWatch;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingValues;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Topic;
import io.signalbox.watcher.core.Input;
import io.signalbox.watcher.core.WatcherCore;
import io.signalbox.watcher.lists.ListedSources;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watcher process: what happens on this host's Docker engine becomes facts in the log. */
public final class Watcher implements ProcessDefinition {
    private static final Logger log = LoggerFactory.getLogger(Watcher.class);

    @Override
    public String name() {
        return "watcher";
    }

    @Override
    public Setting<HostPort> httpListen() {
        return WatcherSettings.HTTP_LISTEN;
    }

    @Override
    public List<Setting<?>> settings() {
        return WatcherSettings.ALL;
    }

    @Override
    public void check(SettingValues values) {
        CommonSettings common = CommonSettings.from(values, httpListen());
        WatcherSettings.from(values, common, System.getenv())
                .engine()
                .ifPresent(EngineAddress::checkPermission);
    }

    @Override
    public void start(SettingValues values, ProcessRuntime runtime) {
        WatcherSettings settings = WatcherSettings.from(values, runtime.common(), System.getenv());
        settings.engine().ifPresent(EngineAddress::checkPermission);
        settings.engine()
                .ifPresent(
                        engine ->
                                ProcessLauncher.inAdvance(name(), () -> EngineCalls.load(engine)));
        InstantSource clock = InstantSource.system();
        Inbox inbox = new Inbox(settings.inboxEvents());
        WatcherMetrics metrics = new WatcherMetrics(runtime.metrics());
        BrokerWatch brokers = BrokerWatch.start(runtime, topics(settings.common()));
        SchemaWatch schemas = SchemaWatch.start(runtime);
        KafkaFactLog facts =
                runtime.closing(
                        "facts",
                        new KafkaFactLog(
                                new KafkaFactLog.Parts(
                                        runtime.kafka(),
                                        brokers,
                                        schemas,
                                        settings.common().topicPrefix(),
                                        settings.hostId(),
                                        settings.limits().backlogBytes(),
                                        inbox,
                                        metrics,
                                        clock)));
        facts.prepare();
        ListedSources.start(settings.lists(), settings.labels(), inbox::put, runtime);
        Outage away = new Outage(log, runtime.readiness().condition("docker"), clock);
        Optional<SwarmServices> services = services(settings, inbox, runtime);
        List<String> sources =
                Stream.concat(ListedSources.NAMES.stream(), Stream.of(Event.SWARM)).toList();
        WatcherLoop loop =
                new WatcherLoop(
                        settings.hostId(),
                        new WatcherCore(settings.hostId(), settings.limits(), sources),
                        inbox,
                        engine(settings, inbox, away, services, runtime),
                        facts,
                        metrics,
                        runtime.readiness().condition("snapshot"),
                        clock);
        gauges(runtime.metrics(), loop, inbox, away);
        listen(settings, runtime, brokers, schemas, inbox);
        services.ifPresent(looking -> runtime.run("swarm", stop -> looking.run(stop::requested)));
        runtime.run("loop", loop::run);
    }

    /** What looks at the Swarm of an engine; without an engine there is none. */
    private static Optional<SwarmServices> services(
            WatcherSettings settings, Inbox inbox, ProcessRuntime runtime) {
        EngineAddress engine = settings.engine().orElse(null);
        if (engine == null) {
            inbox.put(new Input.Shown(Event.SWARM, List.of(), true));
            return Optional.empty();
        }
        SwarmServices services =
                new SwarmServices(
                        new EngineCalls(engine, EngineTls.of(engine), 1, settings.engineDeadline()),
                        new SwarmReader(settings.labels()),
                        settings.limits().reconcileEvery(),
                        pictures -> inbox.put(new Input.Shown(Event.SWARM, pictures, true)));
        return Optional.of(runtime.closing("swarm services", services));
    }

    private static void listen(
            WatcherSettings settings,
            ProcessRuntime runtime,
            BrokerWatch brokers,
            SchemaWatch schemas,
            Inbox inbox) {
        ControlReader control =
                new ControlReader(
                        runtime.kafka(),
                        brokers,
                        schemas,
                        settings.common().topicPrefix(),
                        settings.hostId(),
                        inbox);
        runtime.run("control", control::run, control::wakeup);
    }

    private static Source engine(
            WatcherSettings settings,
            Inbox inbox,
            Outage away,
            Optional<SwarmServices> services,
            ProcessRuntime runtime) {
        String advertised =
                settings.advertised()
                        .orElseGet(
                                () -> HostAddress.advertised(settings.common().bootstrapServers()));
        EngineAddress address = settings.engine().orElse(null);
        if (address == null) {
            away.back();
            return new NoEngine(advertised, HostAddress.bootId(), inbox);
        }
        DockerSource.Settings of =
                new DockerSource.Settings(
                        address,
                        settings.engineDeadline(),
                        advertised,
                        address.local() ? HostAddress.bootId() : "",
                        settings.labels(),
                        settings.environment());
        Consumer<String> hints = id -> services.ifPresent(looking -> looking.hint(id));
        return runtime.closing("engine", new DockerSource(of, inbox, away, runtime::fatal, hints));
    }

    private static void gauges(Metrics metrics, WatcherLoop loop, Inbox inbox, Outage dockerAway) {
        metrics.gauge(
                "backlog.facts",
                "Facts that wait for the broker.",
                () -> loop.status().backlogFacts());
        metrics.gauge(
                "backlog.bytes",
                "Bytes that wait for it, by estimate.",
                () -> loop.status().backlogBytes());
        metrics.gauge(
                "containers",
                "Containers that were said in this session.",
                () -> loop.status().containers());
        metrics.gauge("inbox", "Inputs that wait for the loop.", inbox::size);
        metrics.gauge(
                "engine.up",
                "Whether the engine's event stream is open.",
                () -> loop.status().hearing() && !dockerAway.isAway() ? 1 : 0);
    }

    private static List<ExpectedTopic> topics(CommonSettings common) {
        return Stream.of(Topic.CONTAINER_EVENTS, Topic.LIVENESS, Topic.WATCHER_CONTROL)
                .map(topic -> ExpectedTopic.of(topic, common.topicPrefix()))
                .toList();
    }
}
