package io.signalbox.cli.replay;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.ServiceState;
import java.util.SortedSet;

/**
 * What a replay reads, each partition up to the end that it had at the start. The ends of what is
 * checked were taken before the ends of the facts, so that nothing that is checked can be ahead of
 * them.
 */
public interface ReplayLog {

    /** The id of the topic {@code container-events}. */
    String eventsTopicId();

    /** The first offset that a partition of {@code container-events} did not have at the start. */
    long eventsEnd(int partition);

    /** A partition of {@code container-events}. */
    Feed<Event> events(int partition);

    /** A partition of {@code service-state}. */
    Feed<ServiceState> state(int partition);

    /** All groups that have a history, by name. */
    SortedSet<String> groups();

    /** The partition of {@code proxy-groups} that the group belongs to, with its neighbours. */
    Feed<GroupRecord> definitions(String group);

    /** The partition of {@code config-history} that the group belongs to. */
    int historyPartition(String group);

    /** What {@code config-history} holds of the group, and nothing of its neighbours. */
    Feed<ConfigRecord> history(String group);

    /** Whether the beginning of the group's history is still there. */
    boolean historyIsWhole(String group);
}
