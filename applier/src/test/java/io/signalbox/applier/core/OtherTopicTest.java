package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Version;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.schemas.ApplyResult.Reach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The group's topic is created again under an applier that runs. */
class OtherTopicTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Object> refused = new ArrayList<>();
    private final ApplierCore core =
            new ApplierCore(
                    new Desired(new AddressChoice(new Reach("host-a", List.of()), true)),
                    new Worker(new Outside.Silent(), HaproxyVersion.of("3.0")),
                    true,
                    "adopted",
                    new ApplierCore.Ports(
                            new Outside.NoProxy(),
                            new Outside.NoDisk(),
                            new Outside.NoDoors(),
                            Outside.report(this::told),
                            System::nanoTime));

    private void told(String method, Object first) {
        if (method.equals("otherTopic")) {
            refused.add(first);
        }
    }

    @BeforeEach
    void begin() throws InterruptedException {
        core.begin(NOW);
        core.reads("one");
    }

    @Test
    void shouldApplyNothingOfATopicThatReplacesTheOneInForce() throws InterruptedException {
        write(10, 80);

        core.reads("two");
        write(20, 8080);

        assertThat(core.target()).isEqualTo(new Version(10, 1));
        assertThat(refused).containsExactly("one");
        assertThat(core.otherTopic()).isTrue();
    }

    @Test
    void shouldApplyOneThatIsToReplaceIt() throws InterruptedException {
        write(10, 80);

        core.reads("adopted");
        write(5, 8080);

        assertThat(core.target()).isEqualTo(new Version(5, 1));
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldApplyOneThatReplacesATopicOfWhichNothingWasApplied() throws InterruptedException {
        core.reads("two");
        write(5, 8080);

        assertThat(core.target()).isEqualTo(new Version(5, 1));
        assertThat(refused).isEmpty();
    }

    private void write(long epoch, int port) throws InterruptedException {
        GroupLog log = new GroupLog(core);
        log.claim(epoch, NOW);
        log.frame(port, NOW);
        core.reachedEnd();
        core.act(NOW);
    }
}
