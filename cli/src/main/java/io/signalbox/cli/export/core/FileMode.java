package io.signalbox.cli.export.core;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The permissions of a file as people write them: in octal, with or without a zero before. */
public final class FileMode {
    /** What {@link #parse} asks for, in words. */
    public static final String RULE = "must be permissions in octal, such as 0644";

    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");
    private static final int BASE = 8;

    private FileMode() {}

    /** The permissions; empty if the text has none. */
    public static OptionalInt parse(String text) {
        return OCTAL.matcher(text).matches()
                ? OptionalInt.of(Integer.parseInt(text, BASE))
                : OptionalInt.empty();
    }
}
