package io.signalbox.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM's log: standard error, as text or JSON lines. Signalbox's own messages from a chosen
 * level on; of the libraries only warnings, and nothing of what the processes say themselves (that
 * a broker is away). Found by Logback as a service, so that it holds from the first message on.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    /** Libraries that log a stack trace at each try of what the processes try again: nothing. */
    private static final List<String> SILENT = List.of("io.confluent", "com.github.dockerjava");

    /** Libraries whose warnings say what the processes say themselves: only errors. */
    private static final List<String> LIBRARIES =
            List.of(
                    "org.apache.kafka.controller.QuorumController",
                    "org.apache.kafka.clients.NetworkClient",
                    "org.apache.kafka.clients.Metadata",
                    "org.apache.kafka.clients.ClientUtils",
                    "org.apache.kafka.clients.consumer.ConsumerConfig",
                    "org.apache.kafka.clients.producer.ProducerConfig",
                    "org.apache.kafka.clients.admin.AdminClientConfig",
                    "org.apache.kafka.clients.admin.internals",
                    "org.apache.kafka.clients.producer.internals.Sender",
                    "org.apache.kafka.clients.consumer.internals");

    /** Called by Logback. */
    public Logging() {}

    /** Sets the form of the JVM's log and the least level of Signalbox's own messages. */
    public static void configure(LogFormat format, org.slf4j.event.Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            set(context, format, Level.convertAnSLF4JLevel(level));
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        set(context, LogFormat.TEXT, Level.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean onTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).startsWith("/dev/pts");
        } catch (IOException e) {
            // No Linux, or closed: whoever reads the log is a program.
            return false;
        }
    }

    private static void set(LoggerContext context, LogFormat format, Level level) {
        Layout<ILoggingEvent> layout =
                switch (format) {
                    case TEXT -> new TextLayout();
                    case JSON -> new JsonLayout();
                    case AUTO -> onTerminal() ? new TextLayout() : new JsonLayout();
                };
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(java.nio.charset.StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        SILENT.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
        LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        context.getLogger("io.signalbox").setLevel(level);
    }
}
