package io.signalbox.process;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * One readable line: time, level, thread, message, facts. Control characters are escaped, so
 * nothing logged can begin a line of its own; only a bug's stack trace has several.
 */
final class TextLayout extends LayoutBase<ILoggingEvent> {
    private static final int LEVEL_WIDTH = 5;

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        line.append(event.getInstant().truncatedTo(ChronoUnit.MILLIS)).append(' ');
        String level = event.getLevel().toString();
        line.append(level).append(" ".repeat(Math.max(1, LEVEL_WIDTH + 1 - level.length())));
        line.append('[').append(event.getThreadName()).append("] ");
        line.append(escape(event.getFormattedMessage()));
        List<KeyValuePair> facts = event.getKeyValuePairs();
        if (facts != null) {
            facts.forEach(
                    fact -> line.append(' ').append(fact.key).append('=').append(value(fact)));
        }
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }

    private static String value(KeyValuePair fact) {
        String text = escape(String.valueOf(fact.value));
        boolean plain = !text.isEmpty() && text.indexOf(' ') < 0 && text.indexOf('"') < 0;
        return plain ? text : '"' + text.replace("\"", "\\\"") + '"';
    }

    private static String escape(String text) {
        if (text.chars().noneMatch(TextLayout::breaks)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(
                        character -> {
                            if (breaks(character)) {
                                escaped.append("\\u%04x".formatted(character));
                            } else {
                                escaped.append((char) character);
                            }
                        });
        return escaped.toString();
    }

    private static boolean breaks(int character) {
        return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
    }
}
