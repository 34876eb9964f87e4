package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslateCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static final String SHOP =
            """
            name: town
            x-common: &common
              traefik.enable: "true"
            services:
              shop:
                ports: ["8081:8080"]
                labels:
                  <<: *common
                  traefik.http.routers.shop.rule: Host(`${NO_SUCH_HOST:-shop.example}`) && PathPrefix(`/api`)
                  traefik.http.routers.shop.middlewares: strip
                  traefik.http.middlewares.strip.stripprefix.prefixes: /api
              old:
                environment:
                  - SERVICE_NAME=old
                  - PORT=80
                  - PREDICATE=old.example
                  - CONFIG_MODE=host
              task:
                deploy:
                  labels:
                    - traefik.http.routers.task.rule=Host(`task.example`)
                    - traefik.http.routers.task.tls.certresolver=le
                    - traefik.http.routers.staff.rule=Host(`staff.example`)
                    - traefik.http.routers.staff.middlewares=users
                    - traefik.http.middlewares.users.basicauth.users=ann:$$1$$abc$$WTNSK6/ezqiSMhBLcaBwQ1
              db: {}
            """;

    @Test
    void shouldShowWhatEachLabelBecame() throws IOException {
        assertThat(run("--compose", file(SHOP), "--service", "shop")).isZero();

        assertThat(out.toString())
                .contains("LABEL", "SAID", "BECAME")
                .contains("signalbox.routes.shop.host=shop.example")
                .contains("signalbox.routes.shop.path=^/api")
                .contains("not needed: its routers make it a service")
                .contains("services:\n  \"shop\":\n    labels:\n")
                .contains("      signalbox.path.rewrite: \"^/api/?(.*)$$ /\\\\1\"\n");
    }

    @Test
    void shouldEndWithThreeWhereSomethingIsRefused() throws IOException {
        assertThat(run("--compose", file(SHOP))).isEqualTo(3);

        assertThat(out.toString())
                .contains("refused (unsupported): certificates are those in each proxy's folder")
                .contains("signalbox.host: \"old.example\"")
                .contains("# Another policy needs a container of its own:")
                .doesNotContain("db");
    }

    @Test
    void shouldPrintOnlyNativeLabelsOfOneDialect() throws IOException {
        assertThat(run("--compose", file(SHOP), "--native", "--dialect", "cosmonaut")).isZero();

        assertThat(out.toString())
                .isEqualTo(
                        """
                        services:
                          "old":
                            labels:
                              signalbox.host: "old.example"
                              signalbox.port: "80"
                              signalbox.service: "old"
                        """);
    }

    @Test
    void shouldNameWhatCannotBeRead() throws IOException {
        assertThat(run("--compose", file("services:\n  a: [\n"))).isEqualTo(2);
        assertThat(err.toString()).contains("compose.yml:3: is not YAML");
        assertThat(run("--compose", file("services:\n  a:\n    labels: [{b: c}]\n"))).isEqualTo(2);
        assertThat(err.toString()).contains("compose.yml:3: this is a single value");
        assertThat(run("--compose", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("cannot read ", "NoSuchFileException");
        assertThat(run("--compose", file(SHOP), "--service", "x")).isEqualTo(1);
        assertThat(err.toString()).contains("has no service x");
        assertThat(run("--compose", file(SHOP), "--dialect", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no dialect x");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("needs a container, or --compose FILE");
    }

    @Test
    void shouldNameAnEngineThatDoesNotAnswer() {
        assertThat(run("web", "--docker-host", "unix:///no/such/socket")).isEqualTo(1);

        assertThat(err.toString())
                .contains("signalbox translate: engine at unix:///no/such/socket");
    }

    @Test
    void shouldPutVariablesInTheirPlaces() {
        ComposeVariables variables = new ComposeVariables(Map.of("A", "a", "E", ""));

        assertThat(
                        variables.in(
                                "$A ${A} ${B:-b} ${B-b} ${E:-e} ${E-e} ${B:-${A}x} $$A ${A:+y} $ ${"))
                .isEqualTo("a a b b e  ax $A y $ ${");
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("compose.yml"), text).toString();
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "translate";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Signalbox.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
