package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.haproxy.AllowedText;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Policy.Timeouts;
import io.signalbox.schemas.ServiceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a service's part says of how the service is to be treated. */
class ServicePolicyTest {
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final Rig rig = new Rig();

    @Test
    void shouldChangeNothingButThePolicyOfThePart() {
        rig.take(web("c1").at(1));
        ConfigRecord.Service plain = rig.service("web");

        Rig other = new Rig();
        other.take(web("c1").draining(DRAIN).at(1));

        assertThat(plain.policy()).isEqualTo(Policy.NONE);
        assertThat(other.service("web"))
                .isEqualTo(
                        new ConfigRecord.Service(
                                plain.service(),
                                plain.backend(),
                                plain.serverOptions(),
                                plain.servers(),
                                plain.routes(),
                                plain.notes(),
                                new Policy(DRAIN)));
        assertThat(other.contents().get("frame")).isEqualTo(rig.contents().get("frame"));
    }

    @Test
    void shouldFollowTheNewestContainerAndNoteWhoDisagrees() {
        rig.take(
                web("c1").draining(DRAIN).shownAt(1).at(1),
                web("c2").draining(DRAIN.plusSeconds(1)).shownAt(2).at(2));

        assertThat(rig.service("web").policy()).isEqualTo(new Policy(DRAIN.plusSeconds(1)));
        assertThat(rig.codes("web")).containsExactly("disagreement");
        assertThat(rig.service("web").notes().getFirst().subject()).isEqualTo("h/c1");

        rig.take(web("c3").shownAt(3).at(3));
        assertThat(rig.service("web").policy()).isEqualTo(Policy.NONE);
        assertThat(rig.codes("web")).containsExactly("disagreement", "disagreement");

        rig.take(web("c3").gone().at(4), web("c2").gone().at(5));
        assertThat(rig.service("web").policy()).isEqualTo(new Policy(DRAIN));
        assertThat(rig.codes("web")).isEmpty();
    }

    @Test
    void shouldHaveTheTextOfTheSparesWhereItSaysNothingOfThat() {
        rig.take(web("c1").draining(DRAIN).at(1));

        assertThat(rig.service("web").backend())
                .containsExactly("    balance roundrobin")
                .isEqualTo(spareText(rig));
    }

    @Test
    void shouldSayInTheTextOfTheBackendWhatDiffersFromTheGroup() {
        Policy policy =
                new Policy(
                        DRAIN,
                        Policy.Balance.LEASTCONN,
                        new Timeouts(
                                Duration.ofMillis(1500),
                                Duration.ofMinutes(2),
                                Duration.ofHours(24)),
                        0);
        rig.take(web("c1").with(policy).at(1));

        assertThat(rig.service("web").policy()).isEqualTo(policy);
        assertThat(rig.service("web").backend())
                .containsExactly("    balance leastconn", "    timeout queue 2m", "    retries 0");
        assertThat(rig.service("web").live())
                .isEqualTo(
                        new LiveOptions(
                                null, null, Duration.ofMillis(1500), Duration.ofHours(24), null));
        assertThat(spareText(rig)).containsExactly("    balance roundrobin");
    }

    @ParameterizedTest
    @EnumSource
    void shouldBalanceAsTheServiceSays(Policy.Balance balance) {
        rig.take(web("c1").with(new Policy(null, balance, Timeouts.NONE, null)).at(1));

        List<String> text = rig.service("web").backend();
        assertThat(text).first().isEqualTo("    balance " + balance.word());
        assertThat(AllowedText.problem(text)).isEmpty();
        assertThat(text.contains("    hash-type consistent"))
                .isEqualTo(balance == Policy.Balance.SOURCE);
    }

    @Test
    void shouldTakeTheTextFromTheNewestContainerAndNoteWhoDisagrees() {
        Policy first = new Policy(null, Policy.Balance.FIRST, Timeouts.NONE, null);
        Policy random = new Policy(null, Policy.Balance.RANDOM, Timeouts.NONE, null);
        rig.take(web("c1").with(first).shownAt(1).at(1), web("c2").with(random).shownAt(2).at(2));

        assertThat(rig.service("web").backend()).containsExactly("    balance random");
        assertThat(rig.codes("web")).containsExactly("disagreement");

        rig.take(web("c2").with(random).gone().at(3));
        assertThat(rig.service("web").backend()).containsExactly("    balance first");
        assertThat(rig.codes("web")).isEmpty();
    }

    @Test
    void shouldKeepTheLastGoodPartWhereHaproxyCannotHaveThePolicy() {
        rig.take(web("c1").with(new Policy(null, null, Timeouts.NONE, 2)).at(1));

        rig.take(web("c1").with(new Policy(null, null, Timeouts.NONE, 11)).at(2));

        assertThat(rig.service("web").backend()).contains("    retries 2");
        assertThat(rig.renderer.unrendered()).containsOnlyKeys("service/web");
    }

    @Test
    void shouldStillSayItOfTheLastContainerWhileThatStops() {
        rig.take(web("c1").draining(DRAIN).at(1), web("c1").draining(DRAIN).stopping().at(2));

        assertThat(rig.service("web").policy()).isEqualTo(new Policy(DRAIN));
        assertThat(rig.service("web").servers().getFirst().stopping()).isTrue();
    }

    @Test
    void shouldNotTakeAChangedPolicyForAMereNote() {
        rig.take(web("c1").draining(DRAIN).at(1));

        GroupRenderer.Step step = rig.take(web("c1").draining(DRAIN.plusMillis(1)).at(2));

        assertThat(step.changed()).containsOnlyKeys("service/web");
        assertThat(step.shows()).isTrue();
    }

    @Test
    void shouldKeepItWithServersThatAreHeld() {
        List<ServiceState> all = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            all.add(web("c" + number).draining(DRAIN).at(number));
        }
        rig.take(all.toArray(new ServiceState[0]));
        rig.restart(new ServiceView(12));

        assertThat(rig.step().dropping()).isEqualTo(4);
        assertThat(rig.service("web").policy()).isEqualTo(new Policy(DRAIN));
    }

    @Test
    void shouldGiveEachServerACookieWhereTheNewestContainerGivesOne() {
        rig.take(
                web("c1").with(sticky("")).shownAt(1).at(1),
                web("c2").with(sticky("red")).shownAt(2).at(2),
                web("c3").with(sticky("blue")).shownAt(3).at(3));

        assertThat(cookies()).containsExactly("c1", "red", "blue");
        assertThat(rig.codes("web")).isEmpty();
        assertThat(rig.service("web").serverOptions().further().cookie()).isFalse();
        assertThat(rig.service("web").backend())
                .containsExactly("    balance roundrobin", "    cookie SESSION prefix nocache");
        assertThat(AllowedText.problem(rig.service("web").backend())).isEmpty();
    }

    @Test
    void shouldGiveACookieThatIsTakenToNoSecondServer() {
        rig.take(
                web("c1").with(sticky("c3")).shownAt(1).at(1),
                web("c2").with(sticky("red")).shownAt(2).at(2),
                web("c3").with(sticky("red")).shownAt(3).at(3));

        assertThat(cookies()).containsExactly("c1", "red", "c3");
        assertThat(rig.service("web").notes())
                .extracting(ConfigRecord.Note::code, ConfigRecord.Note::message)
                .containsExactly(
                        tuple(
                                "sticky-value-taken",
                                "another server of the service has the cookie value c3: it gets c1"),
                        tuple(
                                "sticky-value-taken",
                                "another server of the service has the cookie value red: it gets"
                                        + " c3"));
    }

    @Test
    void shouldGiveTheCookieOfAServerThatStopsToItsSuccessor() {
        rig.take(
                web("c1").with(sticky("red")).stopping().shownAt(1).at(1),
                web("c2").with(sticky("red")).shownAt(2).at(2));

        assertThat(cookies()).containsExactly("red", "red");
        assertThat(rig.codes("web")).isEmpty();
    }

    @Test
    void shouldGiveNoCookieWhereTheNewestContainerGivesNone() {
        rig.take(
                web("c1").with(sticky("red")).shownAt(1).at(1),
                web("c2").with(sticky("")).shownAt(2).at(2));

        assertThat(cookies()).containsExactly("", "");
        assertThat(rig.codes("web")).containsExactly("sticky-value-unused");
        assertThat(rig.service("web").serverOptions().further().cookie()).isTrue();
        assertThat(rig.service("web").backend())
                .contains("    dynamic-cookie-key signalbox-default");
    }

    private List<String> cookies() {
        return rig.service("web").servers().stream().map(ConfigRecord.Server::cookie).toList();
    }

    private static Policy sticky(String cookie) {
        return new Policy(
                null,
                null,
                Timeouts.NONE,
                null,
                new Policy.Sticky(Policy.Sticky.Mode.PREFIX, "SESSION", false),
                null,
                Policy.Servers.NONE,
                new Policy.Standing(null, false, cookie),
                HttpPolicy.NONE);
    }

    private static List<String> spareText(Rig rig) {
        ConfigRecord.Frame frame =
                (ConfigRecord.Frame) Objects.requireNonNull(rig.contents().get("frame"));
        return frame.spares().getFirst().backend();
    }

    private static A web(String id) {
        return A.container(id).of("web", A.route("a.example"));
    }
}
