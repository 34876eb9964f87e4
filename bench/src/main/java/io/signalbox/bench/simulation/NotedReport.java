package io.signalbox.bench.simulation;

import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.Proxy.Ended;
import io.signalbox.applier.core.Report;
import io.signalbox.applier.core.Worker;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Note;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What an applier says, in the trace of the run.
 *
 * @param accepting is told of each manifest that the applier accepts
 */
record NotedReport(World world, String name, Consumer<Accepted> accepting) implements Report {

    private void note(String words) {
        world.note(() -> name + ": " + words);
    }

    @Override
    public void accepted(Accepted accepted) {
        accepting.accept(accepted);
    }

    @Override
    public void refused(Collection<Note> parts) {
        parts.forEach(part -> note("refused " + part));
    }

    @Override
    public void rejected(String words, Standing standing) {
        note("rejected: " + words);
    }

    @Override
    public void updated(Outcome outcome, boolean inForce, Standing standing) {}

    @Override
    public void ended(Ended ended, How how, ReloadReason reason, Standing standing) {
        note(how + " for " + reason + ": " + ended.getClass().getSimpleName());
    }

    @Override
    public void incomplete(Manifest manifest, Standing standing) {
        note("is incomplete");
    }

    @Override
    public void damped(Set<String> servers) {
        if (!servers.isEmpty()) {
            note("holds back " + servers);
        }
    }

    @Override
    public void drift(Collection<String> where) {
        note("finds a difference in " + where);
    }

    @Override
    public void otherTopic(String known, String now) {
        note("does not know the topic " + now);
    }

    @Override
    public void tookOver(Worker worker) {
        note("takes over worker " + worker.pid());
    }

    @Override
    public void away(String words) {
        note(words);
    }

    @Override
    public void back() {}

    @Override
    public void mishap(String what, String error) {
        note(what + ": " + error);
    }
}
