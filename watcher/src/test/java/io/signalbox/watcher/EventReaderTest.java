package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.watcher.core.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000L, 123_456_789L);
    private static final String TIME = "\"time\":1700000000,\"timeNano\":1700000000123456789";

    private final List<Input> inputs = new ArrayList<>();
    private final List<String> services = new ArrayList<>();
    private final EventReader reader = new EventReader(7, services::add);

    @Test
    void shouldReadWhatConcernsAContainersLife() throws IOException {
        String problem =
                read(
                        container("start", "")
                                + container("health_status: healthy", "")
                                + container("kill", "\"signal\":\"15\"")
                                + network("connect"));

        assertThat(problem).isEqualTo("the engine ended the event stream");
        assertThat(inputs)
                .containsExactly(
                        new Input.Hinted(7, "abc", "start", AT),
                        new Input.Hinted(7, "abc", "health_status", AT),
                        new Input.Killed(7, "abc", 15, AT),
                        new Input.Hinted(7, "abc", "network connect", AT));
    }

    @Test
    void shouldReadThatPodmanRemovesAContainer() throws IOException {
        read(container("remove", ""));

        assertThat(inputs).containsExactly(new Input.Hinted(7, "abc", "remove", AT));
    }

    @Test
    void shouldTellWhichServicesOfASwarmChange() throws IOException {
        read(service("create", "ze8yuyi16lxq7lph9ealfri58") + service("update", "../info"));

        assertThat(services).containsExactly("ze8yuyi16lxq7lph9ealfri58");
        assertThat(inputs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec_create: sh -c echo secret",
                "exec_start: sh -c echo secret",
                "exec_die",
                "exec_detach",
                "top",
                "archive-path",
                "extract-to-dir",
                "attach",
                "resize",
                "commit",
                "copy",
                "export",
                "a word of a later engine"
            })
    void shouldLeaveNoiseOut(String action) throws IOException {
        read(container(action, ""));

        assertThat(inputs).isEmpty();
    }

    @Test
    void shouldReadEventsHoweverTheirBytesAreCut() throws IOException {
        byte[] bytes = (container("start", "") + container("die", "")).getBytes(UTF_8);
        InputStream trickle =
                new ByteArrayInputStream(bytes) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        return super.read(buffer, offset, Math.min(length, 3));
                    }
                };

        reader.read(trickle, inputs::add);

        assertThat(inputs).hasSize(2);
    }

    @Test
    void shouldEndAtTheFirstEventThatCannotBeReadAndNeverQuoteIt() throws IOException {
        String problem =
                read(container("start", "") + "{\"Type\":\"secr3t\n" + container("die", ""));

        assertThat(problem).isEqualTo("an event that cannot be read").doesNotContain("secr3t");
        assertThat(inputs).hasSize(1);
    }

    @Test
    void shouldEndAtAnEventWhoseFieldsAreOfAnotherKind() throws IOException {
        assertThat(read("{\"Type\":\"container\",\"Actor\":[1]}\n"))
                .isEqualTo("an event that cannot be read");
    }

    @Test
    void shouldTakeTheBeginningOfAnEventThatIsTooLong() throws IOException {
        String id = "ab".repeat(32);
        String label = "\"x\":\"" + "y".repeat(1_000_000) + "\"";

        read(
                container("start", label).replace("abc", id)
                        + container("exec_start: " + "z".repeat(1_000_000), "")
                        + container("die", ""));

        assertThat(inputs)
                .containsExactly(
                        new Input.Hinted(7, id, "start", null),
                        new Input.Hinted(7, "abc", "die", AT));
    }

    @Test
    void shouldEndWhenNothingMoreIsTakenIn() throws IOException {
        String events = container("start", "");

        String problem =
                reader.read(new ByteArrayInputStream(events.getBytes(UTF_8)), input -> false);

        assertThat(problem).isEqualTo("more events than can be taken in");
    }

    private String read(String events) throws IOException {
        return reader.read(new ByteArrayInputStream(events.getBytes(UTF_8)), inputs::add);
    }

    private static String container(String action, String attributes) {
        return "{\"Type\":\"container\",\"Action\":\"%s\",\"Actor\":{\"ID\":\"abc\",\"Attributes\":{%s}},%s}\n"
                .formatted(action, attributes, TIME);
    }

    private static String service(String action, String id) {
        return "{\"Type\":\"service\",\"Action\":\"%s\",\"Actor\":{\"ID\":\"%s\",\"Attributes\":{\"name\":\"web\"}},%s}\n"
                .formatted(action, id, TIME);
    }

    private static String network(String action) {
        return "{\"Type\":\"network\",\"Action\":\"%s\",\"Actor\":{\"ID\":\"net\",\"Attributes\":{\"container\":\"abc\"}},%s}\n"
                .formatted(action, TIME);
    }
}
