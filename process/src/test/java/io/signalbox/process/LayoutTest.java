package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LayoutTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void shouldWriteOneReadableLine() {
        LoggingEvent event =
                event(
                        "service changed",
                        fact("service", "shop"),
                        fact("servers", 3),
                        fact("error", "not found: x"));
        assertThat(new TextLayout().doLayout(event))
                .isEqualTo(
                        "2026-11-21T01:02:03.004Z INFO  [watcher-loop] service changed service=shop"
                                + " servers=3 error=\"not found: x\"\n");
    }

    @Test
    void shouldNotLetAnyTextBeginALineOfItsOwn() {
        LoggingEvent event = event("a\nb", fact("label", "x\r\n\u2028\u0085\u001b[31m \"y\""));
        assertThat(new TextLayout().doLayout(event))
                .endsWith(
                        "a\\u000ab label=\"x\\u000d\\u000a\\u2028\\u0085\\u001b[31m \\\"y\\\"\"\n")
                .hasLineCount(1);
    }

    @Test
    void shouldWriteJsonWithFixedKeys() {
        LoggingEvent event =
                event("service\nchanged", fact("service", "sh\"op"), fact("servers", 3));
        String line = new JsonLayout().doLayout(event);
        assertThat(line).hasLineCount(1);
        assertThat(new JsonObject(line).getMap())
                .containsExactlyEntriesOf(
                        new JsonObject()
                                .put("time", "2026-11-21T01:02:03.004Z")
                                .put("level", "INFO")
                                .put("thread", "watcher-loop")
                                .put("logger", "io.signalbox.watcher.WatcherLoop")
                                .put("message", "service\nchanged")
                                .put("service", "sh\"op")
                                .put("servers", 3)
                                .getMap());
    }

    @Test
    void shouldAddTheStackOfABug() {
        Logger logger = context.getLogger("io.signalbox.watcher.WatcherLoop");
        LoggingEvent event =
                new LoggingEvent(
                        "", logger, Level.ERROR, "stopped", new IllegalStateException("bug"), null);
        event.setInstant(Instant.EPOCH);
        assertThat(new TextLayout().doLayout(event)).contains("IllegalStateException: bug\n");
        assertThat(new JsonObject(new JsonLayout().doLayout(event)).getString("stack"))
                .contains("IllegalStateException: bug");
    }

    private LoggingEvent event(String message, KeyValuePair... facts) {
        Logger logger = context.getLogger("io.signalbox.watcher.WatcherLoop");
        LoggingEvent event = new LoggingEvent("", logger, Level.INFO, message, null, null);
        event.setInstant(Instant.parse("2026-11-21T01:02:03.004Z"));
        event.setThreadName("watcher-loop");
        event.setKeyValuePairs(Arrays.asList(facts));
        return event;
    }

    private static KeyValuePair fact(String key, Object value) {
        return new KeyValuePair(key, value);
    }
}
