package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.Policy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Server SERVER =
            new Server("a.1", "host", "1", THEN, 100, false, List.of(), cause(1), true, "blue");

    @Test
    void shouldCallWordsAloneNoEffect() {
        Service said =
                service(SERVER.withCause(cause(2)), List.of("line"))
                        .with(
                                List.of(SERVER.withCause(cause(2))),
                                List.of(new HeldRoute("a.example", "/", THEN.plusSeconds(1))),
                                List.of(new Note("code", "subject", "message")));

        assertThat(Effects.same(service(SERVER, List.of("line")), said)).isTrue();
    }

    @Test
    void shouldCallAnotherCookieAnEffect() {
        assertThat(
                        Effects.same(
                                service(SERVER, List.of()),
                                service(SERVER.withCookie("green"), List.of())))
                .isFalse();
    }

    @Test
    void shouldCallAnotherLineOfTheOperatorsAnEffect() {
        assertThat(Effects.same(service(SERVER, List.of("a")), service(SERVER, List.of("b"))))
                .isFalse();
    }

    private static Service service(Server server, List<String> snippet) {
        return new Service(
                "a",
                List.of(),
                new ServerOptions(2_000, 3, 1),
                List.of(server),
                List.of(new HeldRoute("a.example", "/", THEN)),
                List.of(),
                Policy.NONE,
                snippet,
                LiveOptions.NONE);
    }

    private static Cause cause(long offset) {
        return new Cause(0, offset, "host/1", THEN, THEN, THEN, THEN);
    }
}
