package io.signalbox.watcher.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One call of the core: when it is, and what is to be done because of it. */
record Turn(Instant now, List<Output> outputs) {

    Turn(Instant now) {
        this(now, new ArrayList<>());
    }

    void add(Output output) {
        outputs.add(output);
    }

    void report(Output.Matter matter, String detail) {
        outputs.add(new Output.Report(matter, detail));
    }
}
