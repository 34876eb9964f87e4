package io.signalbox.registry.core.translate.dockerflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key behind {@code com.df.}: a name and, of one destination among several, an index.
 *
 * @param index zero for none
 */
record Key(String name, int index) {
    private static final Pattern INDEXED = Pattern.compile("([A-Za-z]{1,64})\\.([1-9][0-9]{0,4})");

    static Key of(String key) {
        Matcher matcher = INDEXED.matcher(key);
        return matcher.matches()
                ? new Key(matcher.group(1), Integer.parseInt(matcher.group(2)))
                : new Key(key, 0);
    }
}
