package io.signalbox.haproxy;

/**
 * An absolute path that may stand anywhere in a configuration or a command, inside the arguments of
 * a converter too.
 *
 * @param value at most 255 of {@code A-Z a-z 0-9 _ . / -}, beginning with a slash
 */
public record ConfigPath(String value) {

    private static final int MAX_LENGTH = 255;
    private static final String RULE =
            "must be absolute, at most "
                    + MAX_LENGTH
                    + " long, of the characters A-Z a-z 0-9 _ . / - only";

    public ConfigPath {
        if (!value.startsWith("/")
                || value.length() > MAX_LENGTH
                || !value.chars().allMatch(ConfigPath::isLegal)) {
            throw new IllegalValue("path", RULE, value);
        }
    }

    private static boolean isLegal(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "_./-".indexOf(c) >= 0;
    }

    /** The file of that name in this directory. */
    public ConfigPath resolve(String name) {
        return new ConfigPath(value.endsWith("/") ? value + name : value + "/" + name);
    }

    /** The directory that this file or directory is in; of the root the root itself. */
    public ConfigPath parent() {
        int slash = value.lastIndexOf('/');
        return new ConfigPath(slash <= 0 ? "/" : value.substring(0, slash));
    }

    @Override
    public String toString() {
        return value;
    }
}
