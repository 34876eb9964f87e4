package io.signalbox.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.Topic;
import io.signalbox.schemas.WatcherControl;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damaged and hostile bytes become a value that says so. */
class PoisonTest {

    private FakeRegistry registry;
    private ConfluentCodecs codecs;
    private Codec<Event> events;
    private Codec<WatcherControl> control;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry(0);
        codecs = new ConfluentCodecs(SchemaRegistrySettings.of(registry.url(), null), "");
        events = codecs.of(Topic.CONTAINER_EVENTS, Event.class);
        control = codecs.of(Topic.WATCHER_CONTROL, WatcherControl.class);
    }

    @AfterEach
    void stop() {
        codecs.close();
        registry.close();
    }

    @Test
    void shouldReadNoBytesAsATombstone() {
        assertThat(events.decode(null)).isEqualTo(new Decoded.Tombstone<>());
    }

    @Test
    void shouldNameBytesThatAreTooShortOrOfAnotherFormat() {
        assertThat(events.decode(new byte[4]))
                .isEqualTo(
                        new Decoded.Poison<>("4 bytes: shorter than a magic byte and a schema id"));
        assertThat(events.decode(new byte[] {1, 0, 0, 0, 1, 0}))
                .isEqualTo(
                        new Decoded.Poison<>(
                                "magic byte 1: only 0, Confluent's wire format, is read"));
    }

    @Test
    void shouldNameAnIdThatTheRegistryDoesNotHave() {
        assertThat(events.decode(new byte[] {0, 0, 0, 3, 9, 0}))
                .isEqualTo(new Decoded.Poison<>("the schema registry has no schema with id 777"));
    }

    @Test
    void shouldNameARecordThatEndsTooEarlyOrTooLate() {
        byte[] bytes = events.encode(gap());
        for (int length = 5; length < bytes.length; length++) {
            assertThat(events.decode(Arrays.copyOf(bytes, length)))
                    .isInstanceOf(Decoded.Poison.class);
        }
        assertThat(events.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isEqualTo(new Decoded.Poison<>("bytes are left after the end of the record"));
    }

    @Test
    void shouldNotBelieveTheSizeOfACollection() {
        // Given a list that claims more items than any record can hold
        WatcherControl empty = new WatcherControl("", 0, 0, "", 0, false, List.of());
        byte[] bytes = control.encode(empty);
        byte[] hostile = Arrays.copyOf(bytes, bytes.length + 8);
        byte[] claim = {
            (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0
        };
        System.arraycopy(claim, 0, hostile, bytes.length - 1, claim.length);

        // When / Then
        assertThat(control.decode(hostile)).isInstanceOf(Decoded.Poison.class);
    }

    @Test
    void shouldNeverThrowAtDamagedBytes() {
        long seed = Long.getLong("signalbox.seed", System.nanoTime());
        Random random = new Random(seed);
        RandomValues values = new RandomValues(random);
        int poison = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = events.encode((Event) values.of(Event.class));
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
            }
            Decoded<Event> decoded = events.decode(bytes);
            poison += decoded instanceof Decoded.Poison ? 1 : 0;
        }
        assertThat(poison).as("-Dsignalbox.seed=%d", seed).isPositive();
    }

    @Test
    void shouldRefuseToWriteWhatItDoesNotKnow() {
        Event unknown =
                new Event("alpha", 1, 1, Instant.EPOCH, null, "docker", new Fact.Unknown("x"));
        assertThatThrownBy(() -> events.encode(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a case of Fact to write");
    }

    private static Event gap() {
        return new Event("alpha", 1, 1, Instant.EPOCH, null, "docker", new Fact.Gap("why"));
    }
}
