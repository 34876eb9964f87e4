package io.signalbox.cli.export.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done so that a file is as wanted and whoever reads it knows. */
public sealed interface ExportPlan {

    /** Everything is as wanted. */
    record Nothing() implements ExportPlan {}

    /** The file is as wanted, but its reader was not told yet, or would not hear. */
    record Reload() implements ExportPlan {}

    /**
     * The staged file is to be checked and take the file's place, then its reader be told.
     *
     * @param why what differs, for people
     */
    record Replace(String why) implements ExportPlan {}

    /**
     * The plan.
     *
     * @param now what lies there; null for nothing
     * @param wanted the staged file
     * @param reloadDue whether a reload of what lies there did not succeed yet
     */
    static ExportPlan of(@Nullable FileFacts now, FileFacts wanted, boolean reloadDue) {
        if (now == null) {
            return new Replace("it is new");
        }
        List<String> differs = new ArrayList<>();
        if (!now.content().equals(wanted.content())) {
            differs.add("content");
        }
        if (now.mode() != wanted.mode()) {
            differs.add("mode " + now.octalMode() + " instead of " + wanted.octalMode());
        }
        if (now.uid() != wanted.uid() || now.gid() != wanted.gid()) {
            differs.add(
                    "owner %d:%d instead of %d:%d"
                            .formatted(now.uid(), now.gid(), wanted.uid(), wanted.gid()));
        }
        if (!differs.isEmpty()) {
            return new Replace(String.join(", ", differs));
        }
        return reloadDue ? new Reload() : new Nothing();
    }
}
