package io.signalbox.watcher;

import io.signalbox.process.StartFailure;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;

/**
 * The version of Docker's API that is spoken: the newest that both sides know.
 *
 * @param major before the dot
 * @param minor after it
 */
record EngineVersion(int major, int minor) implements Comparable<EngineVersion> {
    /** That of engine 20.10, the oldest that is supported. */
    static final EngineVersion OLDEST = new EngineVersion(1, 41);

    /** The newest that this watcher was written for. */
    static final EngineVersion NEWEST = new EngineVersion(1, 51);

    /**
     * The version to speak with an engine, by its answer to {@code /version}.
     *
     * @throws StartFailure if there is none
     */
    static EngineVersion negotiate(JsonObject version) {
        EngineVersion theirs = parse(version.getString("ApiVersion", ""), OLDEST);
        EngineVersion least =
                parse(version.getString("MinAPIVersion", ""), new EngineVersion(1, 0));
        EngineVersion spoken = theirs.compareTo(NEWEST) < 0 ? theirs : NEWEST;
        if (theirs.compareTo(OLDEST) < 0 || least.compareTo(spoken) > 0) {
            throw new StartFailure(
                    "the Docker engine must speak API %s to %s, it speaks %s to %s"
                            .formatted(OLDEST, NEWEST, least, theirs));
        }
        return spoken;
    }

    private static EngineVersion parse(String text, EngineVersion otherwise) {
        if (!text.matches("[0-9]{1,4}\\.[0-9]{1,4}")) {
            return otherwise;
        }
        int dot = text.indexOf('.');
        return new EngineVersion(
                Integer.parseInt(text.substring(0, dot)),
                Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public int compareTo(EngineVersion other) {
        return Comparator.comparingInt(EngineVersion::major)
                .thenComparingInt(EngineVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
