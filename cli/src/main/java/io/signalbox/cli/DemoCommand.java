package io.signalbox.cli;

import io.signalbox.cli.demo.Demo;
import io.signalbox.process.LogFormat;
import io.signalbox.process.Logging;
import io.signalbox.process.SettingType;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code signalbox demo}: a whole Signalbox for a while, and the demonstration on it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Shows containers come and go behind HAProxy under load, and cleans up all that it started.")
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Ends by itself after this long, such as 60s, with a summary (default: until Ctrl-C).")
    private @Nullable Duration length;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description =
                    "Where HAProxy listens on 127.0.0.1, if it is free (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    /** Durations as the settings have them. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return SettingType.DURATION.parser().apply(text);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.configure(LogFormat.TEXT, Level.ERROR);
        Thread main = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> endBySignal(main, ended), "demo-signal"));
        try {
            return demonstrate();
        } finally {
            ended.countDown();
        }
    }

    private int demonstrate() throws InterruptedException {
        System.out.println(
                "starting broker, schema registry, watcher, registry, renderer, applier and HAProxy (some 20 s)");
        try (EphemeralSignalbox signalbox =
                EphemeralSignalbox.start(
                        port,
                        failure ->
                                System.out.println("a process failed: " + failure.getMessage()))) {
            int listen = signalbox.proxy().getPort();
            System.out.println(
                    "HAProxy listens on 127.0.0.1:"
                            + listen
                            + "; in another terminal: curl -H 'Host: shop.demo' http://127.0.0.1:"
                            + listen
                            + "/");
            return new Demo(signalbox.proxy(), signalbox.feed()).run(length);
        }
    }

    private static void endBySignal(Thread main, CountDownLatch ended) {
        main.interrupt();
        try {
            if (!ended.await(30, TimeUnit.SECONDS)) {
                System.err.println("signalbox demo: did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
