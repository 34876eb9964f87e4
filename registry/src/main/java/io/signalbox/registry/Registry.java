package io.signalbox.registry;

import io.signalbox.process.BrokerWatch;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.ExpectedTopic;
import io.signalbox.process.HostPort;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.SchemaWatch;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingValues;
import io.signalbox.registry.doors.Doors;
import io.signalbox.schemas.Topic;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The registry process: the fold of the facts, liveness decisions, and the query API. */
public final class Registry implements ProcessDefinition {

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public Setting<HostPort> httpListen() {
        return RegistrySettings.HTTP_LISTEN;
    }

    @Override
    public List<Setting<?>> settings() {
        return RegistrySettings.ALL;
    }

    @Override
    public void check(SettingValues values) {
        RegistrySettings.from(values, CommonSettings.from(values, httpListen()));
    }

    @Override
    public void start(SettingValues values, ProcessRuntime runtime) {
        RegistrySettings settings = RegistrySettings.from(values, runtime.common());
        List.of("partitions", "log", "read-model").forEach(runtime.readiness()::condition);
        SchemaWatch schemas = SchemaWatch.start(runtime);
        start(settings, runtime, Codecs.of(schemas.codecs()), schemas::awaitWarm);
    }

    /** Makes the parts of a registry and starts them. */
    static RegistryLoop start(
            RegistrySettings settings, ProcessRuntime runtime, Codecs codecs, Warmth warmth) {
        RegistryMetrics metrics = new RegistryMetrics(runtime.metrics());
        AtomicReference<RegistryLoop> loop = new AtomicReference<>();
        BrokerWatch watch =
                BrokerWatch.start(
                        runtime,
                        expected(settings.common().topicPrefix()),
                        change -> {
                            RegistryLoop running = loop.get();
                            if (running != null) {
                                running.topicRecreated(change);
                            }
                        });
        Topics topics = new Topics(settings.common().topicPrefix());
        ModelLoop model = new ModelLoop(runtime, topics, codecs, watch, metrics);
        RegistryLoop running =
                new RegistryLoop(runtime, settings, codecs, watch, metrics, model::stateRecreated);
        loop.set(running);
        RegistryMetrics.gauges(runtime.metrics(), running::status);
        Api.serve(runtime.http().router(), model, running::status);
        Doors.open(
                runtime,
                settings.doors(),
                new Doors.LogCodecs(codecs.events(), codecs.liveness()),
                model);
        runtime.run("read-model", model::run, model::wakeup);
        runtime.run("loop", stop -> running.run(stop, warmth), running::wakeup);
        return running;
    }

    /** Waits until everything that may be written can be encoded. */
    @FunctionalInterface
    interface Warmth {
        void await() throws InterruptedException;
    }

    private static List<ExpectedTopic> expected(String prefix) {
        return java.util.stream.Stream.of(
                        Topic.CONTAINER_EVENTS,
                        Topic.SERVICE_STATE,
                        Topic.LIVENESS,
                        Topic.WATCHER_CONTROL,
                        Topic.PROXY_GROUPS,
                        Topic.APPLY_RESULTS)
                .map(topic -> ExpectedTopic.of(topic, prefix))
                .toList();
    }
}
