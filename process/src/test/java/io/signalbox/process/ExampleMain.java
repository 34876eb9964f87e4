package io.signalbox.process;

import io.signalbox.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The least process: one thread that waits, one condition. */
public final class ExampleMain implements ProcessDefinition {
    private static final Setting<HostPort> HTTP_LISTEN = CommonSettings.httpListen("example", 8499);
    private static final Setting<String> GREETING =
            Setting.of("example-greeting", SettingType.TEXT, "hello", "What it says.");

    /** Runs it with flags {@code --name=value}. */
    public static void main(String... arguments) {
        Map<String, String> flags =
                Stream.of(arguments)
                        .map(argument -> argument.substring("--".length()).split("=", 2))
                        .collect(Collectors.toMap(flag -> flag[0], flag -> flag[1]));
        SettingSources sources = SettingSources.of(flags, System.getenv());
        System.exit(ProcessLauncher.run(new ExampleMain(), sources));
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
