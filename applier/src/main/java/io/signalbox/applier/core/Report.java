package io.signalbox.applier.core;

import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.Proxy.Ended;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Note;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;

/** Is told of all that happens to HAProxy here. Every method returns at once and never fails. */
public interface Report {

    /**
     * What there is to say about HAProxy at this moment.
     *
     * @param silent servers whose application has not answered
     * @param held servers that come and go too often, and until when each is held back
     */
    record Standing(
            Desired desired, Worker worker, Set<String> silent, SortedMap<String, Instant> held) {}

    /** A manifest is to be put in force. */
    void accepted(Accepted accepted);

    /** Parts of the manifest must not reach HAProxy: their last good versions stand in for them. */
    void refused(Collection<Note> parts);

    /** Nothing of the manifest can be put in force. */
    void rejected(String words, Standing standing);

    /**
     * Commands were carried out.
     *
     * @param inForce whether HAProxy has all of the manifest by them
     */
    void updated(Outcome outcome, boolean inForce, Standing standing);

    /** A start or reload ended. */
    void ended(Ended ended, How how, ReloadReason reason, Standing standing);

    /** The parts in the topic match no manifest. */
    void incomplete(Manifest manifest, Standing standing);

    /** These servers are held back because they come and go too often. */
    void damped(Set<String> servers);

    /** Something in HAProxy was not as it was left. */
    void drift(Collection<String> where);

    /** The group's topic is another one than that which the version counts in. */
    void otherTopic(String known, String now);

    /** An HAProxy that served before is served from here on. */
    void tookOver(Worker worker);

    /** HAProxy does not serve, or does not answer. */
    void away(String words);

    /** HAProxy serves. */
    void back();

    /**
     * Something went wrong that is made good.
     *
     * @param what a whole sentence
     * @param error the words of whoever failed
     */
    void mishap(String what, String error);
}
