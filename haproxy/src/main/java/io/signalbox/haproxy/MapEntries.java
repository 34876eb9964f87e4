package io.signalbox.haproxy;

import io.signalbox.haproxy.RuntimeCommand.AddMapEntries;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads and fills maps at run time. */
public final class MapEntries {

    private static final Pattern PREPARED = Pattern.compile("New version created: (\\d{1,9})");
    private static final Pattern ENTRY = Pattern.compile("0x[0-9a-f]+ (\\S+) (\\S+)");

    private MapEntries() {}

    /** Empty for an empty map; else every line is an entry. */
    static boolean isAnswer(String answer) {
        return answer.isEmpty() || ENTRY.matcher(answer.lines().findFirst().orElse("")).matches();
    }

    /** The entries in the answer to {@code show map <file>}, in its order. */
    public static List<MapEntry> parse(String answer) {
        var entries = new ArrayList<MapEntry>();
        for (var line : answer.lines().toList()) {
            var matcher = ENTRY.matcher(line.strip());
            if (matcher.matches()) {
                entries.add(new MapEntry(matcher.group(1), matcher.group(2)));
            }
        }
        return List.copyOf(entries);
    }

    /** The version in the answer to {@code prepare map}. */
    public static OptionalInt preparedVersion(String answer) {
        var matcher = PREPARED.matcher(answer);
        return matcher.find()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                : OptionalInt.empty();
    }

    /**
     * Commands that fill a version of a map, each below the payload limit. What arrived must be
     * counted before it is committed: an oversized payload would be dropped in silence.
     */
    public static List<AddMapEntries> chunks(
            ConfigPath map, int version, List<MapEntry> entries, Capabilities capabilities) {
        var chunks = new ArrayList<AddMapEntries>();
        var open = new ArrayList<MapEntry>();
        var bytes = 0;
        for (var entry : entries) {
            var size = entry.toString().length() + 1;
            if (!open.isEmpty() && bytes + size > capabilities.payloadBytes()) {
                chunks.add(new AddMapEntries(map, version, open));
                open.clear();
                bytes = 0;
            }
            open.add(entry);
            bytes += size;
        }
        if (!open.isEmpty()) {
            chunks.add(new AddMapEntries(map, version, open));
        }
        return List.copyOf(chunks);
    }
}
