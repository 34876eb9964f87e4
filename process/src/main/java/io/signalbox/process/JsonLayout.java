package io.signalbox.process;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object in a line: {@code time}, {@code level}, {@code thread}, {@code logger}, {@code
 * message}, the facts by their own keys, and {@code stack} for a bug.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        JsonObject line = new JsonObject();
        line.put("time", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("thread", event.getThreadName());
        line.put("logger", event.getLoggerName());
        line.put("message", event.getFormattedMessage());
        List<KeyValuePair> facts = event.getKeyValuePairs();
        if (facts != null) {
            facts.forEach(fact -> line.put(fact.key, value(fact.value)));
        }
        if (event.getThrowableProxy() != null) {
            line.put("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.encode() + "\n";
    }

    private static Object value(Object fact) {
        return fact instanceof Number || fact instanceof Boolean ? fact : String.valueOf(fact);
    }
}
