package io.signalbox.cli;

import io.signalbox.registry.core.dialect.SignalboxKeys;
import java.util.List;

/** The page {@code docs/labels.md}. */
final class LabelsPage {
    private static final String HEAD =
            """
            # Labels

            What may be said of a container, as `signalbox labels` lists it. This page is written by `./signalbox labels --markdown >
            docs/labels.md`; a test compares it with the code.

            A container is a service only if it says so: by `signalbox.enable=true`, or by a host, a path or an entry point of connections. A label that is not understood
            is named in the registry's log and by `signalbox why`, with the rule, the value and its likely spelling. A bad value never
            makes a service reachable by more requests than was meant: it takes its route, or itself alone, with it.

            A container that comes or goes needs no reload, whatever its labels say, as long as its service is served already. Where the
            last column says so, a new value (or the first container of a service that has one) takes a reload, which loses no request.
            All labels work with HAProxy 2.6 and newer.

            | label | value | without it | example | a change |
            |---|---|---|---|---|
            """;

    private LabelsPage() {}

    static String text(List<SignalboxKeys.Key> keys) {
        StringBuilder page = new StringBuilder(HEAD);
        for (SignalboxKeys.Key key : keys) {
            page.append("| `")
                    .append(key.key())
                    .append("` | ")
                    .append(cell(key.type()))
                    .append(". ")
                    .append(cell(key.doc()))
                    .append(" | ")
                    .append(cell(key.standard()))
                    .append(" | `")
                    .append(cell(key.example()))
                    .append("` | ")
                    .append(key.change().text())
                    .append(" |\n");
        }
        return page.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
