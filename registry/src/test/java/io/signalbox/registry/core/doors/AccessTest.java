package io.signalbox.registry.core.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final String TOKEN = "0123456789abcdef";

    @Test
    void shouldNameTheSettingOfAClosedDoor() {
        Problem problem = new Access.Closed("SIGNALBOX_DOOR_X").against(caller(null)).orElseThrow();

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.detail()).contains("SIGNALBOX_DOOR_X=token", "SIGNALBOX_DOOR_X=open");
    }

    @Test
    void shouldLetInWhoSaysTheToken() {
        Access access = new Access.ByToken("SETTING", () -> TOKEN);

        assertThat(access.against(caller("Bearer " + TOKEN))).isEmpty();
        assertThat(access.against(caller("bearer  " + TOKEN + " "))).isEmpty();
    }

    @Test
    void shouldSayWhatOfATokenIsMissing() {
        Access access = new Access.ByToken("SETTING", () -> TOKEN);

        assertThat(code(access, null)).isEqualTo("no-token");
        assertThat(code(access, "Basic YTpi")).isEqualTo("no-token");
        assertThat(code(access, "Bearer ")).isEqualTo("wrong-token");
        assertThat(code(access, "Bearer " + TOKEN + "0")).isEqualTo("wrong-token");
        assertThat(access.against(caller("Bearer x")).orElseThrow().detail())
                .isEqualTo("the token is not that of the file of SETTING");
    }

    @Test
    void shouldLetNobodyInWhileThereIsNoToken() {
        Access access = new Access.ByToken("SETTING", () -> null);

        assertThat(code(access, "Bearer ")).isEqualTo("wrong-token");
        assertThat(code(access, "Bearer null")).isEqualTo("wrong-token");
    }

    @Test
    void shouldLetInFromItsNetworksAlone() {
        Access access =
                new Access.FromNetworks(
                        "NETWORKS",
                        List.of(new Network("10.1.0.0/20"), new Network("2001:db8::/33")));

        assertThat(access.against(new Caller("10.1.15.255", null))).isEmpty();
        assertThat(access.against(new Caller("2001:db8:7fff::1", null))).isEmpty();
        assertThat(access.against(new Caller("2001:db8::1%eth0", null))).isEmpty();
        for (String other :
                List.of("10.1.16.0", "10.0.0.1", "2001:db8:8000::1", "::1", "nowhere", "")) {
            Problem problem = access.against(new Caller(other, "Bearer x")).orElseThrow();
            assertThat(problem.status()).isEqualTo(403);
            assertThat(problem.detail())
                    .isEqualTo(
                            other
                                    + " is in none of the networks of NETWORKS: 10.1.0.0/20,"
                                    + " 2001:db8::/33");
        }
    }

    @Test
    void shouldLetInNoBrowsersPage() {
        Access access = new Access.FromNetworks("NETWORKS", List.of(new Network("127.0.0.0/8")));

        Caller page = new Caller("127.0.0.1", null, "https://evil.example");

        assertThat(access.against(page).orElseThrow().code()).isEqualTo("browser-not-allowed");
    }

    private static String code(Access access, @Nullable String authorization) {
        return access.against(caller(authorization)).orElseThrow().code();
    }

    private static Caller caller(@Nullable String authorization) {
        return new Caller("192.0.2.1", authorization);
    }
}
