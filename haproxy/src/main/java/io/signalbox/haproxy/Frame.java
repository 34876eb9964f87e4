package io.signalbox.haproxy;

import java.util.List;

/**
 * The text of a frame, complete but for {@link Placeholder}s.
 *
 * @param global lines of {@code global} that are the group's choice
 * @param defaults lines of the one {@code defaults} section
 * @param sections whole sections behind it, headers included
 */
public record Frame(List<String> global, List<String> defaults, List<String> sections) {

    public Frame {
        global = List.copyOf(global);
        defaults = List.copyOf(defaults);
        sections = List.copyOf(sections);
    }

    /** The frame of these settings; the same settings always give the same text. */
    public static Frame of(FrameSettings settings) {
        return FrameText.of(settings);
    }
}
