package io.signalbox.applier.core.disk;

import io.signalbox.schemas.Snippets;
import io.signalbox.schemas.Snippets.Named;
import java.util.List;

/**
 * The operator's lines in the frame of a saved configuration as bytes: behind all the rest and
 * under a name, if there are any, so that what does without them is what it always was.
 */
final class SavedSnippets {
    static final String NAME = "snippets";
    static final String SECTIONS = "sections";

    private SavedSnippets() {}

    static void write(BytesOut out, Snippets snippets) {
        if (snippets.isEmpty()) {
            return;
        }
        out.text(NAME);
        out.texts(snippets.global());
        out.texts(snippets.defaults());
        out.texts(snippets.frontend());
        write(out, snippets.entryPoints());
        out.texts(snippets.backends());
        write(out, snippets.services());
        if (!snippets.sections().isEmpty()) {
            out.text(SECTIONS);
            out.texts(snippets.sections());
        }
    }

    private static void write(BytesOut out, List<Named> named) {
        out.list(
                named,
                one -> {
                    out.text(one.name());
                    out.texts(one.lines());
                });
    }

    static Snippets read(BytesIn in) {
        return new Snippets(in.texts(), in.texts(), in.texts(), named(in), in.texts(), named(in));
    }

    private static List<Named> named(BytesIn in) {
        return in.list(() -> new Named(in.text(), in.texts()));
    }
}
