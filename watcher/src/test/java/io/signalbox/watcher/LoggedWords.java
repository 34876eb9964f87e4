package io.signalbox.watcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that is logged during a test, Signalbox's own debug messages included. */
final class LoggedWords extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("io.signalbox");
    private final Queue<String> words = new ConcurrentLinkedQueue<>();

    LoggedWords() {
        setContext(root.getLoggerContext());
        start();
        own.setLevel(Level.DEBUG);
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        words.add(
                event.getFormattedMessage()
                        + event.getKeyValuePairs()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()));
    }

    String words() {
        return String.join("\n", words);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        own.setLevel(Level.INFO);
    }
}
