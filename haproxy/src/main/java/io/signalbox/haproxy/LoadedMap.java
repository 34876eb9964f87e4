package io.signalbox.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A map that a worker has loaded, from the answer to {@code show map}: where the running worker's
 * map files are.
 *
 * @param file as the configuration names it
 * @param entries how many it has; -1 where the version does not say
 */
public record LoadedMap(String file, int entries) {

    private static final Pattern LINE =
            Pattern.compile("-?\\d+ \\(([^)]*)\\) pattern loaded from.*used by map .*");
    private static final Pattern COUNT = Pattern.compile("entry_cnt=(\\d{1,9})");

    /** The maps in the answer's order; lists that are only used by conditions are left out. */
    public static List<LoadedMap> parse(String answer) {
        var maps = new ArrayList<LoadedMap>();
        for (var line : answer.lines().toList()) {
            var matcher = LINE.matcher(line);
            if (matcher.matches()) {
                var count = COUNT.matcher(line);
                maps.add(
                        new LoadedMap(
                                matcher.group(1),
                                count.find() ? Integer.parseInt(count.group(1)) : -1));
            }
        }
        return List.copyOf(maps);
    }
}
