package io.signalbox.watcher.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.schemas.Withheld;
import io.signalbox.watcher.core.AllowList.Rule;
import io.signalbox.watcher.core.AllowList.Treatment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
    private static final AllowList LABELS = AllowList.labels(List.of());
    private static final AllowList ENVIRONMENT = AllowList.environment(List.of());
    private static final String HASH = "$6$rounds=1000$";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signalbox.enable",
                "com.docker.compose.project",
                "com.docker.compose.service",
                "com.docker.compose.oneoff",
                "com.docker.swarm.service.name",
                "com.df.servicePath.1",
                "com.df.usersPassEncrypted",
                "com.df.usersSecret",
                "traefik.http.routers.a.rule",
                "traefik.http.routers.digest.rule",
                "traefik.http.routers.plugin.rule"
            })
    void shouldPassWhatServicesAreDeclaredWith(String label) {
        assertThat(LABELS.apply(Map.of(label, "value"))).containsEntry(label, "value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.example.token",
                "com.docker.compose.config-hash",
                "com.docker.compose.environment_file",
                "signalbox",
                "xsignalbox.enable",
                "traefik.http.middlewares.a.digestauth.users",
                "traefik.http.middlewares.a.headers.customRequestHeaders.Authorization",
                "traefik.http.middlewares.a.plugin.b.apiKey"
            })
    void shouldKeepEverythingElse(String label) {
        assertThat(LABELS.apply(Map.of(label, "value"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_PASSWORD", "SERVICE_PASSWORD", "PATH", "COOKIE_SECRET", "PORTAL"})
    void shouldKeepVariablesThatDeclareNothing(String variable) {
        assertThat(ENVIRONMENT.apply(Map.of(variable, "value"))).isEmpty();
    }

    @Test
    void shouldTellKeysByDigestOnly() {
        assertThat(ENVIRONMENT.apply(Map.of("SSL_CERT", "abc")))
                .containsEntry(
                        "SSL_CERT",
                        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(LABELS.apply(Map.of("com.df.serviceCert.1", "abc")).get("com.df.serviceCert.1"))
                .startsWith("sha256:");
    }

    @Test
    void shouldHashPlainPasswordsTheSameWayEverywhere() {
        Map<String, String> labels = Map.of("com.df.users", "joe:secret, ann:other");

        String users = value(LABELS, labels, "com.df.users");

        assertThat(users).isEqualTo(value(LABELS, labels, "com.df.users"));
        assertThat(users.split(","))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry).contains(":" + HASH))
                .noneSatisfy(entry -> assertThat(entry).containsAnyOf("secret", "other"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signalbox.auth.users",
                "signalbox.auth.user",
                "signalbox.Auth.Users",
                "signalbox.routes.web.auth.users"
            })
    void shouldTellOurOwnPasswordsByHashOnly(String label) {
        assertThat(value(LABELS, Map.of(label, "joe:secret,ann:other"), label))
                .matches("joe:\\$6\\$rounds=1000\\$.*,ann:\\$6\\$rounds=1000\\$.*")
                .doesNotContain("secret", "other");
        assertThat(value(LABELS, Map.of("signalbox.auth.realm", "a: b"), "signalbox.auth.realm"))
                .isEqualTo("a: b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signalbox.headers.request.set.Authorization",
                "signalbox.headers.request.add.Proxy-Authorization",
                "signalbox.headers.request.set.Cookie",
                "signalbox.auth.password"
            })
    void shouldTellSecretsOfWrongLabelsByDigestOnly(String label) {
        assertThat(value(LABELS, Map.of(label, "Basic eDp5"), label)).startsWith("sha256:");
    }

    @Test
    void shouldTakeTheStrictestOfTheRulesThatFit() {
        AllowList list = AllowList.labels(List.of(Rule.parse("com.df.users"), Rule.parse("a.*")));

        assertThat(value(list, Map.of("com.df.users", "joe:secret"), "com.df.users"))
                .contains(HASH);
        assertThat(list.apply(Map.of("a.b", "c"))).containsEntry("a.b", "c");
    }

    @Test
    void shouldNotTellCaseApart() {
        assertThat(value(LABELS, Map.of("Com.DF.Users", "joe:secret"), "Com.DF.Users"))
                .contains(HASH);
    }

    @ParameterizedTest
    @CsvSource({
        "pattern, PLAIN",
        "p*=key, KEY",
        "p=password, PASSWORD",
        "p=never, NEVER",
        "p=password-hash, PASSWORD_HASH"
    })
    void shouldReadRules(String text, Treatment treatment) {
        assertThat(Rule.parse(text).treatment()).isEqualTo(treatment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "**=plain", "a=secret"})
    void shouldRejectRulesThatNameNothingOrNoClass(String text) {
        assertThatThrownBy(() -> Rule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReplaceValuesThatAreTooLongByAWordThatSaysSo() {
        String value = "x".repeat(64 * 1024);

        assertThat(Withheld.parse(value(LABELS, Map.of("signalbox.host", value), "signalbox.host")))
                .contains(new Withheld(Withheld.VALUE_TOO_LONG, "65536"));
    }

    @Test
    void shouldCutNamesThatAreTooLong() {
        String name = "signalbox." + "x".repeat(64 * 1024);

        assertThat(LABELS.apply(Map.of(name, "value")))
                .hasSize(1)
                .allSatisfy(
                        (key, value) -> {
                            assertThat(key).hasSize(AllowList.NAME_LENGTH);
                            assertThat(Withheld.parse(value))
                                    .map(Withheld::code)
                                    .contains(Withheld.NAME_TOO_LONG);
                        });
    }

    @Test
    void shouldBoundWhatAContainerSaysAltogether() {
        Map<String, String> labels = new HashMap<>();
        for (int index = 0; index < 10_000; index++) {
            labels.put("signalbox.x" + index, "y".repeat(1_000));
        }

        Map<String, String> said = LABELS.apply(labels);

        int length =
                said.entrySet().stream()
                        .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                        .sum();
        assertThat(length).isLessThan(2 * AllowList.TOTAL_LENGTH);
        assertThat(said.values())
                .filteredOn(value -> Withheld.parse(value).isPresent())
                .hasSize(AllowList.MOST_WITHHELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\"b", "a;b", "a\u0000b", "\u202e\uD83D\uDE00", "\uD800"})
    void shouldPassStrangeValuesAsTheyAre(String value) {
        assertThat(LABELS.apply(Map.of("signalbox.host", value)))
                .containsEntry("signalbox.host", value);
    }

    private static String value(AllowList list, Map<String, String> values, String name) {
        return Objects.requireNonNull(list.apply(values).get(name));
    }
}
