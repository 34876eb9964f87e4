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
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watcher process: what happens on this host's Docker engine becomes facts in the log. */
public final class Watcher implements ProcessDefinition {
    private static final Logger log = LoggerFactory.getLogger(Watcher.class);
    private static final int ENGINE_THREADS = 4;

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
        WatcherSettings.from(values, common, System.getenv()).engine().checkPermission();
    }

    @Override
    public void start(SettingValues values, ProcessRuntime runtime) {
        WatcherSettings settings = WatcherSettings.from(values, runtime.common(), System.getenv());
        settings.engine().checkPermission();
        ProcessLauncher.inAdvance(name(), () -> EngineCalls.load(settings.engine()));
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
        Outage away = new Outage(log, runtime.readiness().condition("docker"), clock);
        SwarmServices services = runtime.closing("swarm services", services(settings, inbox));
        Source source =
                runtime.closing(
                        "engine",
                        new DockerSource(
                                engine(settings), inbox, away, runtime::fatal, services::hint));
        WatcherLoop loop =
                new WatcherLoop(
                        settings.hostId(),
                        new WatcherCore(settings.hostId(), settings.limits(), List.of(Event.SWARM)),
                        inbox,
                        source,
                        facts,
                        metrics,
                        runtime.readiness().condition("snapshot"),
                        clock);
        gauges(runtime.metrics(), loop, inbox, away);
        listen(settings, runtime, brokers, schemas, inbox);
        runtime.run("swarm", stop -> services.run(stop::requested));
        runtime.run("loop", loop::run);
    }

    private static SwarmServices services(WatcherSettings settings, Inbox inbox) {
        EngineAddress engine = settings.engine();
        return new SwarmServices(
                new EngineCalls(engine, EngineTls.of(engine), 1, settings.engineDeadline()),
                new SwarmReader(settings.labels()),
                settings.limits().reconcileEvery(),
                pictures -> inbox.put(new Input.Shown(Event.SWARM, pictures, true)));
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

    private static DockerSource.Settings engine(WatcherSettings settings) {
        return new DockerSource.Settings(
                settings.engine(),
                settings.engineDeadline(),
                ENGINE_THREADS,
                settings.advertised()
                        .orElseGet(
                                () -> HostAddress.advertised(settings.common().bootstrapServers())),
                settings.engine().local() ? HostAddress.bootId() : "",
                settings.labels(),
                settings.environment());
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
