package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.Access;
import io.signalbox.schemas.HttpPolicy.Auth;
import io.signalbox.schemas.HttpPolicy.Cors;
import io.signalbox.schemas.HttpPolicy.Rate;
import io.signalbox.schemas.HttpPolicy.User;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.Withheld;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in, from where, how often, and which foreign pages may read. */
class GuardLabelsTest {
    private static final Containers WEB =
            Containers.named("web").tcp(8080).label("signalbox.host", "a.example");
    private static final String HASH =
            "$6$rounds=1000$lHuz9L1Cz4W7GQrT$lTPGkFdrUxUqynsWHnl.EQH1MpTbiK8LnxR/g.gzrQcob7WOnwcjZd.gn0ISMqCXH7C6l/1mDthIHb6zVhr2B/";

    @Test
    void shouldReadUsers() {
        HttpPolicy policy =
                accepted(
                        WEB.label("signalbox.auth.users", "ann:" + HASH + ", o'x:" + HASH + ",")
                                .label("signalbox.auth.realm", "Staff 'only'"));

        assertThat(policy.auth())
                .isEqualTo(
                        new Auth(
                                "Staff 'only'",
                                List.of(new User("ann", HASH), new User("o'x", HASH))));
        Auth standard = accepted(WEB.label("signalbox.auth.users", "ann:" + HASH)).auth();
        assertThat(standard).isEqualTo(new Auth("Restricted", List.of(new User("ann", HASH))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "ann:",
                ":x",
                "ann:secret",
                "ann:$2y$05$abcdefghijklmnopqrstuv",
                "ann:!signalbox:unknown-hash:apr1",
                "!signalbox:no-password:must be user:password",
                "a\"b\n:x"
            })
    void shouldLetNobodyInWhereNoUserIsGood(String value) {
        Declared declared = WEB.label("signalbox.auth.users", value).declared();

        assertThat(codes(declared)).contains("no-users");
        assertThat(policy(declared).auth()).isEqualTo(new Auth("Restricted", List.of()));
        assertThat(declared.rejections().toString()).doesNotContain("secret", "$2y$");
    }

    @Test
    void shouldReadTheNameOfAList() {
        Auth auth = accepted(WEB.label("signalbox.auth.list", "staff")).auth();

        assertThat(auth).isEqualTo(new Auth("Restricted", List.of(), "staff"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../passwd", "a/b", "a b", "@users@", "-a"})
    void shouldLetNobodyInWhereTheListHasNoName(String value) {
        Declared declared = WEB.label("signalbox.auth.list", value).declared();

        assertThat(codes(declared)).containsExactlyInAnyOrder("bad-list", "no-users");
        assertThat(policy(declared).auth()).isEqualTo(new Auth("Restricted", List.of()));
    }

    @Test
    void shouldLetInNoOtherUsersThanThoseOfTheList() {
        Declared declared =
                WEB.label("signalbox.auth.list", "staff")
                        .label("signalbox.auth.users", "ann:" + HASH)
                        .declared();

        assertThat(codes(declared)).containsExactly("two-lists");
        assertThat(policy(declared).auth()).isEqualTo(new Auth("Restricted", List.of(), "staff"));
        assertThat(declared.rejections().toString()).doesNotContain(HASH);
    }

    @Test
    void shouldLetNobodyInWhereOnlyTheRealmIsSaid() {
        Declared declared = WEB.label("signalbox.auth.realm", "Staff").declared();

        assertThat(codes(declared)).containsExactly("no-users");
        assertThat(policy(declared).auth()).isEqualTo(new Auth("Staff", List.of()));
    }

    @Test
    void shouldKeepGoodUsersBesideBadOnes() {
        String ann = "ann:" + HASH;
        Declared declared =
                WEB.label("signalbox.auth.users", ann + ",bob:secret," + ann + ",eve").declared();

        assertThat(policy(declared).auth())
                .isEqualTo(new Auth("Restricted", List.of(new User("ann", HASH))));
        assertThat(codes(declared)).containsExactly("bad-user");
        assertThat(declared.rejections())
                .extracting(Rejection::value)
                .containsExactlyInAnyOrder("bob", "ann", "");
    }

    @Test
    void shouldReadNetworksInTheirNormalForm() {
        HttpPolicy policy =
                accepted(
                        WEB.label(
                                        "signalbox.allow",
                                        "10.1.2.3/8, 192.0.2.1,2001:DB8:0:0::1/32, 10.0.0.0/8")
                                .label("signalbox.deny", "::1"));

        assertThat(policy.access())
                .isEqualTo(
                        new Access(
                                List.of("10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32"),
                                List.of("::1/128")));
    }

    @ParameterizedTest
    @CsvSource({
        "allow, ''",
        "allow, all",
        "allow, '10.0.0.0/33, x'",
        "allow, -f /etc/passwd",
        "deny, ''",
        "deny, '10.0.0.0/8, 10.0.0.256'",
        "deny, a.example",
        "rate, ''",
        "rate, 100",
        "rate, 100/0s",
        "rate, 0/10s",
        "rate, 100 per s",
        "rate, 100/25h"
    })
    void shouldLetNobodyInWhereWhatKeepsOutIsBad(String key, String value) {
        Declared declared = WEB.label("signalbox." + key, value).declared();

        assertThat(policy(declared).access()).isEqualTo(Access.NOBODY);
        assertThat(declared.rejections().toString()).contains("nobody comes in");
        assertThat(declared.declarations().getFirst().routes()).hasSize(1);
    }

    @Test
    void shouldKeepGoodAllowedNetworksBesideBadOnes() {
        Declared declared = WEB.label("signalbox.allow", "10.0.0.0/8,10.0.0.1/8x").declared();

        assertThat(policy(declared).access())
                .isEqualTo(new Access(List.of("10.0.0.0/8"), List.of()));
        assertThat(codes(declared)).containsExactly("bad-network");
    }

    @Test
    void shouldLetNobodyInWhereMoreIsDeniedThanCanBe() {
        String networks =
                IntStream.range(0, 501)
                        .mapToObj(number -> "10.0." + number / 256 + "." + number % 256)
                        .collect(Collectors.joining(","));

        assertThat(policy(WEB.label("signalbox.deny", networks).declared()).access())
                .isEqualTo(Access.NOBODY);
    }

    @ParameterizedTest
    @CsvSource({"100/10s,100,10", "' 1/24h ',1,86400", "1000000/1m,1000000,60"})
    void shouldReadTheRate(String value, int requests, long seconds) {
        assertThat(accepted(WEB.label("signalbox.rate", value)).rate())
                .isEqualTo(new Rate(requests, Duration.ofSeconds(seconds)));
    }

    @Test
    void shouldReadWhoMayReadResponses() {
        HttpPolicy policy =
                accepted(
                        WEB.label("signalbox.cors.origins", "https://A.example, http://b:8080")
                                .label("signalbox.cors.methods", "PUT,DELETE")
                                .label("signalbox.cors.headers", "X-Token")
                                .label("signalbox.cors.exposed", "X-Count")
                                .label("signalbox.cors.credentials", "true")
                                .label("signalbox.cors.max-age", "10m"));

        assertThat(policy.cors())
                .isEqualTo(
                        new Cors(
                                List.of("https://a.example", "http://b:8080"),
                                List.of("PUT", "DELETE"),
                                List.of("X-Token"),
                                List.of("X-Count"),
                                true,
                                Duration.ofMinutes(10)));
    }

    @Test
    void shouldLetNoPageReadWhereNoOriginIsGood() {
        Declared declared =
                WEB.label("signalbox.cors.origins", "a.example, https://a.example/x").declared();

        assertThat(codes(declared)).containsExactly("bad-cors");
        assertThat(policy(declared).cors())
                .isEqualTo(new Cors(List.of(), List.of(), List.of(), List.of(), false, null));
    }

    @Test
    void shouldNotAllowCredentialsToAll() {
        Declared declared =
                WEB.label("signalbox.cors.origins", "*")
                        .label("signalbox.cors.credentials", "true")
                        .declared();

        assertThat(codes(declared)).containsExactly("bad-cors");
        assertThat(policy(declared).cors())
                .isEqualTo(new Cors(List.of("*"), List.of(), List.of(), List.of(), false, null));
    }

    @Test
    void shouldTakeAllForNothingBesideOthers() {
        Declared declared = WEB.label("signalbox.cors.origins", "*,https://a.example").declared();

        assertThat(codes(declared)).containsExactly("bad-cors");
        assertThat(policy(declared).cors())
                .extracting(cors -> cors == null ? List.of() : cors.origins())
                .isEqualTo(List.of("https://a.example"));
    }

    @Test
    void shouldKeepOutWhomAValueWouldThatDidNotLeaveTheHost() {
        String withheld = new Withheld(Withheld.TOO_MUCH, "65536").text();

        assertThat(policy(WEB.label("signalbox.allow", withheld).declared()).access())
                .isEqualTo(Access.NOBODY);
        assertThat(policy(WEB.label("signalbox.deny", withheld).declared()).access())
                .isEqualTo(Access.NOBODY);
        assertThat(policy(WEB.label("signalbox.rate", withheld).declared()).access())
                .isEqualTo(Access.NOBODY);
        assertThat(policy(WEB.label("signalbox.auth.users", withheld).declared()).auth())
                .isEqualTo(new Auth("Restricted", List.of()));
    }

    private static HttpPolicy accepted(Containers container) {
        Declared declared = container.declared();
        assertThat(declared.rejections()).isEmpty();
        return policy(declared);
    }

    private static HttpPolicy policy(Declared declared) {
        assertThat(declared.declarations()).hasSize(1);
        Declaration declaration = declared.declarations().getFirst();
        return declaration.policy().http();
    }

    private static List<String> codes(Declared declared) {
        return declared.rejections().stream().map(Rejection::code).distinct().toList();
    }
}
