package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.RouteKey;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SavedTextTest {
    @Test
    void shouldGiveBackWhatWasSaved() {
        Saved saved = saved(new Listen("127.0.0.1", 8404));

        assertThat(SavedText.decode(SavedText.encode(saved))).contains(saved);
    }

    @Test
    void shouldGiveBackAFrameWithoutStatistics() {
        Saved saved = saved();

        assertThat(SavedText.decode(SavedText.encode(saved))).contains(saved);
    }

    @Test
    void shouldRefuseEveryTornBeginning() {
        byte[] whole = SavedText.encode(saved());

        for (int length = 0; length < whole.length; length++) {
            assertThat(SavedText.decode(Arrays.copyOf(whole, length))).isEmpty();
        }
    }

    @Test
    void shouldRefuseEveryFlippedByte() {
        byte[] whole = SavedText.encode(saved());

        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x20;
            assertThat(SavedText.decode(flipped)).isEmpty();
        }
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static Saved saved(Listen... statistics) {
        Frame frame =
                new Frame(
                        List.of("    maxconn 5"),
                        List.of("    mode http", "    ünïcode"),
                        List.of(),
                        List.of(new SpareProfile("plain", 3, List.of("    balance first"))),
                        List.of(new EntryPoint("http", new Listen("", 80))),
                        statistics.length == 0 ? null : statistics[0],
                        "2.6",
                        true);
        WantedService service =
                new WantedService(
                        "a",
                        List.of("    balance first"),
                        new ServerOptions(2_000, 3, 1),
                        List.of(new WantedServer("a.1", "run", "10.0.0.1", 80, true, 7, true)),
                        List.of(new RouteKey("a.example", "/x")),
                        List.of(new Note("code", "subject", "message")));
        TreeMap<String, WantedService> services = new TreeMap<>();
        services.put("a", service);
        return Saved.of(new Wanted(new Version(7, 8), frame, services), "topic-id", Set.of("a.1"));
    }
}
