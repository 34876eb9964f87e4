package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.Said;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key behind {@code com.df.}: a name and, of one destination among several, an index.
 *
 * @param index zero for none
 */
record Key(String name, int index) {
    private static final Pattern INDEXED = Pattern.compile("([A-Za-z]{1,64})\\.([1-9][0-9]{0,4})");

    /** What is said of a destination: by its own label, else by that of all; null for nothing. */
    static @Nullable Said said(Foreign foreign, String name, int index) {
        Said own = index == 0 ? null : foreign.said(name + "." + index);
        return own == null ? foreign.said(name) : own;
    }

    static Key of(String key) {
        Matcher matcher = INDEXED.matcher(key);
        return matcher.matches()
                ? new Key(matcher.group(1), Integer.parseInt(matcher.group(2)))
                : new Key(key, 0);
    }
}
