package io.signalbox.watcher.core.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.watcher.core.lists.KnownAddresses.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownAddressesTest {
    private static final Answer NO_NAME = new Answer.None("no such name");
    private static final Answer NO_ADDRESS = new Answer.None("x has no address");
    private static final Answer FAILED = new Answer.Failed("no answer");

    private final KnownAddresses known = new KnownAddresses();

    @Test
    void shouldKnowWhatItWasLastAnsweredInAStableOrder() {
        assertThat(known.take(addresses("10.0.0.2", "10.0.0.1"), addresses("2001:db8::1")))
                .isEmpty();
        assertThat(known.all()).containsExactly("10.0.0.1", "10.0.0.2", "2001:db8::1");

        assertThat(known.take(addresses("10.0.0.3"), NO_ADDRESS)).isEmpty();
        assertThat(known.all()).containsExactly("10.0.0.3");
    }

    @Test
    void shouldKeepEverythingWhereNoAddressComes() {
        known.take(addresses("10.0.0.1"), addresses("2001:db8::1"));

        assertThat(known.take(NO_NAME, NO_NAME)).contains("no such name");
        assertThat(known.take(NO_ADDRESS, NO_ADDRESS)).contains("x has no address");
        assertThat(known.take(FAILED, NO_ADDRESS)).contains("no answer");
        assertThat(known.take(NO_ADDRESS, FAILED)).contains("no answer");
        assertThat(known.take(FAILED, FAILED)).contains("no answer");
        assertThat(known.all()).containsExactly("10.0.0.1", "2001:db8::1");
    }

    @Test
    void shouldKeepTheKindThatNobodyAnsweredFor() {
        known.take(addresses("10.0.0.1"), addresses("2001:db8::1"));

        assertThat(known.take(addresses("10.0.0.2"), FAILED)).isEmpty();

        assertThat(known.all()).containsExactly("10.0.0.2", "2001:db8::1");
    }

    @Test
    void shouldCountAsAnsweredOnlyAfterAnAddress() {
        known.take(NO_NAME, NO_NAME);
        assertThat(known.answered()).isFalse();

        known.take(addresses("10.0.0.1"), FAILED);
        assertThat(known.answered()).isTrue();

        KnownAddresses elsewhere = new KnownAddresses(known);
        assertThat(elsewhere.all()).containsExactly("10.0.0.1");
        assertThat(elsewhere.answered()).isFalse();
    }

    private static Answer addresses(String... addresses) {
        return new Answer.Addresses(List.of(addresses));
    }
}
