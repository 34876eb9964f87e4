package io.signalbox.process;

import io.signalbox.schemas.Topic;
import java.util.List;

/** The least process: one thread that waits, one condition. */
public final class ExampleMain implements ProcessDefinition {
    private static final Setting<HostPort> HTTP_LISTEN = CommonSettings.httpListen("example", 8499);
    private static final Setting<String> GREETING =
            Setting.of("example-greeting", SettingType.TEXT, "hello", "What it says.");

    /** Runs it. */
    public static void main(String... arguments) {
        ProcessLauncher.main(new ExampleMain(), arguments);
    }

    @Override
    public String name() {
        return "example";
    }

    @Override
    public Setting<HostPort> httpListen() {
        return HTTP_LISTEN;
    }

    @Override
    public List<Setting<?>> settings() {
        return CommonSettings.with(HTTP_LISTEN, List.of(GREETING));
    }

    @Override
    public void start(SettingValues values, ProcessRuntime runtime) {
        String greeting = values.get(GREETING);
        if (greeting.equals("connected")) {
            BrokerWatch.start(
                    runtime,
                    List.of(ExpectedTopic.of(Topic.LIVENESS, runtime.common().topicPrefix())));
            SchemaWatch.start(runtime);
        }
        Readiness.Condition greeted = runtime.readiness().condition("greeting");
        runtime.run(
                "loop",
                stop -> {
                    if (greeting.equals("bug")) {
                        throw new IllegalStateException("a planted bug");
                    }
                    greeted.holds();
                    while (!stop.requested()) {
                        Thread.sleep(1_000);
                    }
                });
    }
}
