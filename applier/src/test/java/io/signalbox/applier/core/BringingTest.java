package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.Proxy.Ended;
import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.applier.core.plan.ReloadReason.Kind;
import io.signalbox.applier.core.plan.Touched;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.ConfigRecord.Frame;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BringingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ReloadReason FRAME = new ReloadReason(Kind.FRAME, "");
    private static final ReloadReason USERS = new ReloadReason(Kind.USERS, "staff");
    private static final Ended SERVING =
            new Ended.Serving(
                    new Deployed(
                            new ConfigPath("/configs/1"),
                            Saved.of(
                                    new Wanted(
                                            Version.NONE,
                                            new Frame(
                                                    List.of(), List.of(), List.of(), List.of(),
                                                    List.of(), null, "2.6", false),
                                            new TreeMap<>()),
                                    "topic",
                                    Set.of()),
                            ""));

    private final Touched touched = new Touched();
    private final Bringing bringing =
            new Bringing(
                    doesNothing(Proxy.class),
                    new DiskCopy(
                            new Goal(
                                    new Desired(
                                            new AddressChoice(
                                                    new Reach("host-a", List.of()), true))),
                            new Worker(doesNothing(Link.class), HaproxyVersion.of("3.0")),
                            new Knocking(doesNothing(Doors.Knocker.class)),
                            doesNothing(DiskWriter.class)),
                    touched);

    @BeforeEach
    void begin() throws InterruptedException {
        touched.add(FRAME);
        touched.add(USERS);
        bringing.bring(How.RELOAD, FRAME, NOW);
    }

    @Test
    void shouldReloadOnceMoreForWhatCameUpDuringAReload() {
        touched.add(USERS);
        bringing.ended(SERVING, NOW);

        assertThat(touched.reasons()).containsExactly(USERS);
    }

    @Test
    void shouldHaveNoReasonLeftAfterAReload() {
        bringing.ended(SERVING, NOW);

        assertThat(touched.reasons()).isEmpty();
    }

    @Test
    void shouldKeepTheReasonsOfAReloadThatFailed() {
        bringing.ended(new Ended.Failed("no new worker answers"), NOW);

        assertThat(touched.reasons()).containsExactlyInAnyOrder(FRAME, USERS);
    }

    private static <T> T doesNothing(Class<T> type) {
        return type.cast(
                java.lang.reflect.Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> null));
    }
}
