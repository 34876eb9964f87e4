package io.signalbox.cli.group;

/**
 * A key of a group definition.
 *
 * @param path from the top, separated by dots; {@code *} for a name of one's own
 * @param preset the value of a definition without it, as it would be written; in brackets in other
 *     words, empty for none
 * @param example a value
 * @param meaning a sentence or two
 */
record GroupKey(String path, ValueKind kind, String preset, String example, String meaning) {

    /** The path of the section that it is in; empty for the top. */
    String section() {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    /** The key itself. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
