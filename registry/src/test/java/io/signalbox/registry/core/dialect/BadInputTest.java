package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Rejection;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong types, what is said twice, and unknown keys, in every dialect. */
class BadInputTest {
    private static final Map<String, Containers> GOOD =
            Map.of(
                    "docker-flow",
                    app().label("com.df.notify", "true")
                            .label("com.df.serviceDomain", "a.example")
                            .label("com.df.port", "80"),
                    "dockercloud",
                    app().variable("VIRTUAL_HOST", "a.example"),
                    "nginx-proxy",
                    app().variable("VIRTUAL_HOST", "a.example").variable("VIRTUAL_PATH", "/a"),
                    "traefik",
                    app().label("traefik.http.routers.r.rule", "Host(`a.example`)")
                            .label("traefik.http.routers.r.middlewares", "m")
                            .label("traefik.http.middlewares.m.headers.framedeny", "true"),
                    "cosmonaut",
                    app().variable("SERVICE_NAME", "a")
                            .variable("PORT", "80")
                            .variable("PREDICATE", "a.example")
                            .variable("CONFIG_MODE", "host"),
                    "signalbox",
                    app().label("signalbox.host", "a.example"));

    /** Dialect, word, a bad value, and whether the container is served without that word. */
    private static final String BAD =
            """
            docker-flow @ com.df.port @ http @ not served
            docker-flow @ com.df.httpsPort @ 70000 @ served
            docker-flow @ com.df.srcPort @ web @ not served
            docker-flow @ com.df.isDefaultBackend @ perhaps @ served
            docker-flow @ com.df.denyHttp @ perhaps @ not served
            docker-flow @ com.df.timeoutServer @ soon @ served
            docker-flow @ com.df.timeoutTunnel @ -1 @ served
            docker-flow @ com.df.reqPathSearchReplace @ x @ served
            docker-flow @ com.df.serviceHeader @ X-A @ not served
            docker-flow @ com.df.allowedMethods @ , @ not served
            docker-flow @ com.df.setReqHeader @ X-A @ served
            docker-flow @ com.df.sessionType @ loose @ served
            docker-flow @ com.df.servicePath.3 @ /x @ served
            docker-flow @ com.df.port.01 @ 81 @ served
            docker-flow @ com.df.Port @ 81 @ served
            docker-flow @ com.df.users.1 @ a:b @ not served
            docker-flow @ com.df.colour @ red @ served
            dockercloud @ VIRTUAL_HOST @ ://x @ not served
            dockercloud @ VIRTUAL_HOST_WEIGHT @ heavy @ served
            dockercloud @ SERVICE_PORTS @ http @ not served
            dockercloud @ SERVICE_PORTS @ 80,81 @ served
            dockercloud @ TCP_PORTS @ db @ served
            dockercloud @ TCP_PORTS @ 70000 @ served
            dockercloud @ BALANCE @ fair @ served
            dockercloud @ COOKIE @ SRV insert prefix @ served
            dockercloud @ HEALTH_CHECK @ often @ served
            dockercloud @ HTTP_CHECK @ POST /x @ served
            dockercloud @ HTTP_BASIC_AUTH @ ann @ served
            dockercloud @ HSTS_MAX_AGE @ long @ served
            dockercloud @ OPTION @ nonsense @ served
            nginx-proxy @ VIRTUAL_PORT @ http @ not served
            nginx-proxy @ VIRTUAL_PATH @ ~( @ not served
            nginx-proxy @ VIRTUAL_PROTO @ gopher @ not served
            nginx-proxy @ VIRTUAL_HOST_MULTIPORTS @ {b.example: {/: {port: 80}}, b.example: {}} @ not served
            nginx-proxy @ VIRTUAL_HOST_MULTIPORTS @ {b.example: {/: {colour: red}}} @ served
            nginx-proxy @ VIRTUAL_HOST_MULTIPORTS @ {b.example: [1]} @ not served
            nginx-proxy @ NETWORK_ACCESS @ perhaps @ not served
            nginx-proxy @ HTTPS_METHOD @ perhaps @ not served
            nginx-proxy @ HSTS @ long @ served
            traefik @ traefik.enable @ perhaps @ not served
            traefik @ traefik.http.routers.r.rule @ Host(`a.example` @ not served
            traefik @ traefik.http.routers.r.Rule @ Host(`b.example`) @ not served
            traefik @ traefik.http.routers.r.priority @ high @ served
            traefik @ traefik.http.routers.r.colour @ red @ not served
            traefik @ traefik.http.services.s.loadbalancer.server.port @ http @ not served
            traefik @ traefik.http.services.s.loadbalancer.strategy @ fair @ served
            traefik @ traefik.http.services.s.loadbalancer.healthcheck.interval @ often @ served
            traefik @ traefik.http.middlewares.m.headers.framedeny @ perhaps @ served
            traefik @ traefik.http.middlewares.m.headers.stsseconds @ long @ served
            cosmonaut @ PORT @ http @ not served
            cosmonaut @ CONFIG_MODE @ perhaps @ not served
            cosmonaut @ PREDICATE @ a b @ not served
            cosmonaut @ COOKIE @ a;b @ served
            signalbox @ signalbox.port @ http @ not served
            signalbox @ signalbox.priority @ high @ not served
            signalbox @ signalbox.balance @ fair @ served
            signalbox @ signalbox.colour @ red @ served
            """;

    private static Containers app() {
        return Containers.named("web").tcp(80);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '\0', textBlock = BAD)
    void shouldNameTheWordThatIsBadAndServeNothingWider(
            String dialect, String word, String value, String served) {
        Containers good = GOOD.getOrDefault(dialect, app());
        boolean variable = word.equals(word.toUpperCase(java.util.Locale.ROOT));

        Declared declared =
                (variable ? good.variable(word, value) : good.label(word, value)).declared();

        assertThat(declared.rejections())
                .filteredOn(one -> one.key().equals(word))
                .isNotEmpty()
                .extracting(Rejection::message)
                .doesNotContain("");
        assertThat(declared.declarations())
                .filteredOn(one -> one.dialect().equals(dialect))
                .flatExtracting(Declaration::routes)
                .hasSize(served.equals("served") ? 1 : 0);
    }
}
