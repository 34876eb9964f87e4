package io.signalbox.applier.core.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.Snippets;
import io.signalbox.schemas.Snippets.Named;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnippetTextTest {

    private static final Snippets SNIPPETS =
            new Snippets(
                    List.of("maxconn 7"),
                    List.of("option x"),
                    List.of("http-request a"),
                    List.of(new Named("tcp", List.of("option b")), new Named("http", List.of("c"))),
                    List.of("http-reuse safe"),
                    List.of());

    private static final List<String> SECTIONS = List.of("listen my_x", "bind :81", "peers my_p");

    private static final Frame FRAME =
            new Frame(
                            List.of("    hard-stop-after 1s"),
                            List.of("    mode http"),
                            List.of(
                                    "frontend in_tcp",
                                    "    mode tcp",
                                    "frontend in_http",
                                    "    bind :80",
                                    "    http-request set-var(txn.host) hdr(host)",
                                    "    default_backend unavailable",
                                    "backend unavailable",
                                    "    http-request deny"),
                            List.of(),
                            List.of(),
                            null,
                            "2.6",
                            false)
                    .with(SNIPPETS);

    @Test
    void shouldPutLinesIntoTheirSections() {
        io.signalbox.haproxy.Frame text = SnippetText.of(FRAME);

        assertThat(text.global()).containsExactly("    hard-stop-after 1s", "    maxconn 7");
        assertThat(text.defaults()).containsExactly("    mode http", "    option x");
        assertThat(text.sections())
                .containsExactly(
                        "frontend in_tcp",
                        "    mode tcp",
                        "    option b",
                        "frontend in_http",
                        "    bind :80",
                        "    http-request a",
                        "    c",
                        "    http-request set-var(txn.host) hdr(host)",
                        "    default_backend unavailable",
                        "backend unavailable",
                        "    http-request deny");
        assertThat(SnippetText.ofBackend(List.of("    balance first"), FRAME))
                .containsExactly("    balance first", "    http-reuse safe");
    }

    @Test
    void shouldPutWholeSectionsBeforeTheDefaultsOfServices() {
        Frame frame = FRAME.with(SNIPPETS.withSections(SECTIONS));

        assertThat(SnippetText.of(frame).sections())
                .startsWith("listen my_x", "    bind :81", "peers my_p", "frontend in_tcp");
    }

    @Test
    void shouldNameALineByItsPlace() {
        assertThat(SnippetText.nameOf("    option b", saved(FRAME)))
                .contains("snippets.entry-points.tcp 'option b'");
        assertThat(SnippetText.nameOf("    mode http", saved(FRAME))).isEmpty();
    }

    @Test
    void shouldComeBackFromTheDisk() {
        assertThat(SavedText.decode(SavedText.encode(saved(FRAME)))).contains(saved(FRAME));
        Frame sections = FRAME.with(Snippets.NONE.withSections(SECTIONS));
        assertThat(SavedText.decode(SavedText.encode(saved(sections)))).contains(saved(sections));
    }

    private static Saved saved(Frame frame) {
        return Saved.of(new Wanted(new Version(1, 1), frame, new TreeMap<>()), "t", Set.of());
    }
}
