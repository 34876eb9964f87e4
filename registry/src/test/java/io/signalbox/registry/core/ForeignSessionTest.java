package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.began;
import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Event;
import org.junit.jupiter.api.Test;

/** A topic that was created again, with watchers that still speak for a session of the old one. */
class ForeignSessionTest {
    private final Partition log = new Partition();

    @Test
    void shouldTakeASessionThatWasOpenedInAnotherTopicForAZombie() {
        log.append(opened("h"));
        long elsewhere = 1_000;

        FoldResult began = log.append(began("h", elsewhere, 1));

        assertThat(began.signals()).containsExactly(new Signal.ZombieFact("h", elsewhere));
        assertThat(log.append(began("h", log.next, 1)).signals())
                .containsExactly(new Signal.ZombieFact("h", log.next - 1));
        assertThat(log.host("h").session()).isEqualTo(Event.NO_SESSION);
        long session = log.session("h", container("c"));
        assertThat(log.host("h").session()).isEqualTo(session);
    }
}
