package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Outcome;
import io.signalbox.schemas.ConfigRecord.Note;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of text that HAProxy or the list of allowed text refuses. */
@Timeout(120)
class RefusalsIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";

    /** Of an allowed shape, and still more than HAProxy takes on one line. */
    private static final String TOO_MANY_WORDS =
            "    http-request return status 503 content-type text/plain string 'x' unless { method"
                    + " A".repeat(80)
                    + " }";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldHoldBackAServiceThatHaproxyRefusesAndUpdateTheOthers(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true)
                    .service("a", "a.example", GroupTopic.server("a", one))
                    .service("bad", "bad.example", GroupTopic.server("bad", two));
            rig.awaitServing(topic.manifest());

            topic.service(
                            "bad",
                            "bad.example",
                            List.of(TOO_MANY_WORDS),
                            GroupTopic.server("bad", two))
                    .service(
                            "other",
                            "other.example",
                            List.of("    balance leastconn"),
                            GroupTopic.server("other", two));
            ApplyResult result = rig.awaitServing(topic.manifest());

            assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(result.how()).isEqualTo(How.RELOAD);
            assertThat(result.leftOut()).extracting(Note::code).containsExactly("quarantined");
            assertThat(result.leftOut()).extracting(Note::subject).containsExactly("bad");
            assertThat(Load.once(port, "bad.example").status()).isEqualTo(200);
            assertThat(Load.once(port, "other.example").body()).isEqualTo(two.id());

            topic.service("bad", "bad.example", GroupTopic.server("bad", one));
            ApplyResult cured = rig.awaitServing(topic.manifest());
            assertThat(cured.leftOut()).isEmpty();
            assertThat(Load.once(port, "bad.example").body()).isEqualTo(one.id());
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldKeepTheOldFrameWhenHaproxyRefusesTheNewOne(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());

            topic.frame(port, 8, true, null, List.of("    hard-stop-after 999999999999d"));
            topic.manifest();
            ApplyResult result = rig.await(2);

            assertThat(Load.once(port, "a.example").status()).isEqualTo(200);
            assertThat(result.leftOut()).extracting(Note::code).containsExactly("quarantined");
            assertThat(result.leftOut()).extracting(Note::subject).containsExactly("frame");
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldWriteNoTextOfTheTopicThatIsNotAllowed(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true)
                    .service("a", "a.example", GroupTopic.server("a", one))
                    .service("b", "b.example", GroupTopic.server("b", one));
            rig.awaitServing(topic.manifest());
            long worker = rig.worker();

            topic.frame(port, 8, true, null, List.of("    insecure-fork-wanted"))
                    .service(
                            "a",
                            "a.example",
                            List.of("    errorfile 503 /etc/passwd"),
                            GroupTopic.server("a", two))
                    .service("b", "b.example", GroupTopic.server("b", two));
            ApplyResult result = rig.awaitServing(topic.manifest());

            assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(result.leftOut())
                    .extracting(Note::subject)
                    .containsExactlyInAnyOrder("a", "frame");
            assertThat(Load.once(port, "a.example").body()).isEqualTo(two.id());
            assertThat(Load.once(port, "b.example").body()).isEqualTo(two.id());
            assertThat(rig.worker()).isEqualTo(worker);
            assertThat(rig.configuration()).doesNotContain("errorfile").doesNotContain("insecure");
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldRejectAFirstManifestWhoseFrameIsNotAllowed(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true, null, List.of("    user root"))
                    .service("a", "a.example", GroupTopic.server("a", one));
            ApplyResult result = rig.await(topic.manifest());
            assertThat(result.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(result.reason()).contains("user root");

            topic.frame(port, 8, true);
            rig.awaitServing(topic.manifest());
            assertThat(Load.once(port, "a.example").body()).isEqualTo(one.id());
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldSendTheRequestsOfARefusedServiceToItsServersOfToday(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start();
                App three = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("bad", "bad.example", GroupTopic.server("bad", one));
            rig.awaitServing(topic.manifest());

            List<String> refused = List.of(TOO_MANY_WORDS);
            topic.service("bad", "bad.example", refused, GroupTopic.server("bad", two));
            ApplyResult deployed = rig.awaitServing(topic.manifest());
            assertThat(deployed.leftOut()).extracting(Note::subject).containsExactly("bad");
            assertThat(Load.once(port, "bad.example").body()).isEqualTo(two.id());

            long worker = rig.worker();
            topic.service("bad", "bad.example", refused, GroupTopic.server("bad", three));
            rig.awaitServing(topic.manifest());
            assertThat(Load.once(port, "bad.example").body()).isEqualTo(three.id());
            assertThat(rig.worker()).isEqualTo(worker);
        }
    }
}
