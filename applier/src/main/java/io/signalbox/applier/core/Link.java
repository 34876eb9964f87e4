package io.signalbox.applier.core;

import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Step.DeleteServer;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.ProcessInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Talks with the worker that serves. Every method fails where the worker does not answer. */
public interface Link {

    /**
     * What became of some steps.
     *
     * @param done those that were carried out
     * @param lingering deletions of servers that still have connections
     * @param refused what HAProxy would not do, or did not answer clearly
     */
    record Outcome(List<Step> done, List<DeleteServer> lingering, List<Refusal> refused) {
        /** Of no steps. */
        public static final Outcome NOTHING = new Outcome(List.of(), List.of(), List.of());
    }

    /** A step and HAProxy's answer to it. */
    record Refusal(Step step, String answer) {
        @Override
        public String toString() {
            return step + ": " + answer;
        }
    }

    /** Which worker answers, and its version. */
    ProcessInfo info() throws IOException;

    /**
     * The files of the maps that the worker was started with; a map that no line of its
     * configuration names is not among them.
     */
    Map<MapName, ConfigPath> maps() throws IOException;

    /**
     * Carries the steps out in their order.
     *
     * @param maps the directory of the maps that the worker was started with
     */
    Outcome execute(List<Step> steps, ConfigPath maps, Capabilities capabilities)
            throws IOException, InterruptedException;

    /**
     * The servers of a backend as the worker has them; what it does not tell is taken from what is
     * known.
     */
    List<LiveServer> servers(String backend, Running known) throws IOException;

    /** The servers of all backends. */
    Map<String, List<LiveServer>> servers(Running known) throws IOException;

    /** The entries of a map as the worker serves it. */
    Map<String, String> entries(ConfigPath map) throws IOException;
}
