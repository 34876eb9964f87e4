package io.signalbox.renderer;

import io.signalbox.process.BrokerWatch;
import io.signalbox.process.ExpectedTopic;
import io.signalbox.process.HostPort;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.SchemaWatch;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingValues;
import io.signalbox.schemas.Topic;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The renderer process: service state and group definitions to configurations. */
public final class Renderer implements ProcessDefinition {

    /** The version that manifests name; {@code development} where it is not packaged. */
    public static String version() {
        String version = Renderer.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String name() {
        return "renderer";
    }

    @Override
    public Setting<HostPort> httpListen() {
        return RendererSettings.HTTP_LISTEN;
    }

    @Override
    public List<Setting<?>> settings() {
        return RendererSettings.ALL;
    }

    @Override
    public void start(SettingValues values, ProcessRuntime runtime) {
        RendererSettings settings = RendererSettings.from(values, runtime.common());
        start(settings, runtime, Codecs.of(SchemaWatch.start(runtime)));
    }

    /** Makes the parts of a renderer and starts them. */
    static void start(RendererSettings settings, ProcessRuntime runtime, Codecs codecs) {
        AtomicReference<RendererLoop> loop = new AtomicReference<>();
        BrokerWatch watch =
                BrokerWatch.start(
                        runtime,
                        expected(settings.common().topicPrefix()),
                        change -> {
                            RendererLoop running = loop.get();
                            if (running != null) {
                                running.topicRecreated(change);
                            }
                        });
        Ownership ownership = new Ownership(runtime, settings);
        RendererLoop running = new RendererLoop(runtime, settings, codecs, watch, ownership);
        loop.set(running);
        runtime.run("ownership", stop -> ownership.run(stop, watch), ownership::wakeup);
        runtime.run("loop", running::run, running::wakeup);
    }

    private static List<ExpectedTopic> expected(String prefix) {
        return Stream.of(Topic.SERVICE_STATE, Topic.PROXY_GROUPS, Topic.CONFIG_HISTORY)
                .map(topic -> ExpectedTopic.of(topic, prefix))
                .toList();
    }
}
