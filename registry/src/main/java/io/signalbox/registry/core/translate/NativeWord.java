package io.signalbox.registry.core.translate;

/**
 * A native label in the making.
 *
 * @param key the whole key, or of a route what stands behind its name
 * @param from what says so
 */
public record NativeWord(String key, String value, Said from) {

    /** What two services must have in common to be treated alike. */
    public String agreement() {
        return key + "=" + value + "\n";
    }
}
