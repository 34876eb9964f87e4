package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.Snippets;
import io.signalbox.schemas.Snippets.Named;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines of the operator's own, at a proxy that takes them and at one that does not. */
@Timeout(120)
class SnippetsIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";

    @TempDir Path directory;

    private static Snippets snippets(String frontend) {
        return new Snippets(
                List.of("maxconn 321"),
                List.of("option http-ignore-probes"),
                List.of(frontend),
                List.of(new Named("http", List.of("http-request deny if { path_beg /forbidden }"))),
                List.of("http-response set-header X-Backends all"),
                List.of());
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldDoWhatTheLinesSayAndKeepThemWhenNewOnesAreBroken(Path binary) throws Exception {
        try (Rig rig = Rig.startWithSnippets(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 2, true)
                    .snippets(snippets("http-response set-header X-Served-By edge"))
                    .service("a", "a.example", GroupTopic.server("a", one))
                    .service("b", "b.example", GroupTopic.server("b", one));
            assertThat(rig.awaitServing(topic.manifest()).leftOut()).isEmpty();

            assertThat(answer(port, "a.example", "/"))
                    .contains("200 OK", "x-served-by: edge", "x-backends: all")
                    .doesNotContain("x-service");
            assertThat(answer(port, "b.example", "/")).contains("x-backends: all");
            assertThat(answer(port, "a.example", "/forbidden")).contains("403 Forbidden");
            assertThat(rig.configuration()).contains("\n    maxconn 321\n");

            topic.frame(port, 2, true).snippets(snippets("http-response nonsense"));
            topic.manifest();
            ApplyResult broken = rig.await(2);
            assertLeftOut(broken, "frame")
                    .startsWith("snippets.frontend 'http-response nonsense': [ALERT]");
            assertThat(answer(port, "a.example", "/")).contains("x-served-by: edge");

            topic.withSnippet("c", "c.example", "http-reuse sometimes", GroupTopic.server("c", one))
                    .withSnippet(
                            "d",
                            "d.example",
                            "http-response set-header X-Service d",
                            GroupTopic.server("d", one))
                    .frame(port, 2, true)
                    .snippets(snippets("http-response set-header X-Served-By other"));
            ApplyResult service = rig.awaitServing(topic.manifest());
            assertLeftOut(service, "c")
                    .startsWith("snippets.services.c 'http-reuse sometimes': [ALERT]");
            assertThat(answer(port, "d.example", "/"))
                    .contains("x-service: d", "x-served-by: other");
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldKeepServingWithoutThemWhereTheyAreNotTaken(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 2, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());

            topic.frame(port, 2, true).snippets(snippets("http-request deny"));
            ApplyResult result = rig.await(topic.manifest());

            assertLeftOut(result, "frame").contains("--allow-snippets");
            assertThat(answer(port, "a.example", "/")).contains("200 OK");
            assertThat(rig.configuration()).doesNotContain("maxconn 321");
        }
    }

    /** The message about that part, the only one that is left out. */
    private static AbstractStringAssert<?> assertLeftOut(ApplyResult result, String part) {
        assertThat(result.leftOut()).extracting(Note::subject).containsExactly(part);
        return assertThat(result.leftOut().getFirst().message());
    }

    /** The first result about that generation which leaves something out with these words. */
    private static ApplyResult awaitLeftOut(Rig rig, long generation, String words)
            throws InterruptedException {
        ApplyResult result = rig.await(generation);
        while (result.leftOut().isEmpty()
                || !result.leftOut().getFirst().message().contains(words)) {
            result = rig.await(generation);
        }
        return result;
    }

    private static Snippets template(String place, String... lines) {
        return Snippets.NONE.withTemplates(List.of(new Named(place, List.of(lines))));
    }

    private static Snippets pool(int port, String service) {
        return template(
                "sections",
                "listen my_pool",
                "  bind 127.0.0.1:" + port,
                "  mode http",
                "  {% for server in servers('" + service + "') %}",
                "  server {{ server.id }} {{ server.address }}:{{ server.port }}",
                "  http-response set-header X-Pool {{ server.id }}",
                "  {% endfor %}");
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldFollowTheServicesByTemplatesAndKeepTheLastGoodFrame(Path binary) throws Exception {
        try (Rig rig = Rig.startWithSnippets(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = ApplierIT.freePort();
            int pool = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 2, true)
                    .snippets(pool(pool, "a"))
                    .service("a", "a.example", GroupTopic.server("a", one));
            assertThat(rig.awaitServing(topic.manifest()).leftOut()).isEmpty();
            String first = "x-pool: " + id("a", one);
            assertThat(answer(pool, "any", "/")).contains("200 OK", first);
            assertThat(answer(port, "a.example", "/")).contains("200 OK");

            topic.service("a", "a.example", GroupTopic.server("a", two));
            ApplyResult moved = rig.awaitServing(topic.manifest());
            assertThat(moved.leftOut()).isEmpty();
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(answer(pool, "any", "/"))
                                            .contains("200 OK", "x-pool: " + id("a", two)));

            topic.frame(port, 2, true).snippets(pool(pool, "gone"));
            ApplyResult failed = rig.await(topic.manifest());
            assertLeftOut(failed, "frame")
                    .startsWith("snippets.templates.sections:4: servers: the group")
                    .endsWith("has no service gone");
            assertThat(answer(pool, "any", "/")).contains("200 OK", "x-pool: " + id("a", two));

            topic.frame(port, 2, true).snippets(template("global", "nonsense {{ group }}"));
            ApplyResult refused = awaitLeftOut(rig, topic.manifest(), "[ALERT]");
            assertThat(refused.leftOut().getFirst().message())
                    .startsWith("snippets.global 'nonsense");

            topic.service("b", "b.example", GroupTopic.server("b", one));
            rig.awaitServing(topic.manifest());
            assertThat(answer(port, "b.example", "/")).contains("200 OK");
            assertThat(answer(pool, "any", "/")).contains("200 OK", "x-pool: " + id("a", two));
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldAnswerErrorsWithPagesOfOnesOwn(Path binary) throws Exception {
        List<String> pages = new ArrayList<>(List.of("http-errors my_pages"));
        for (String status : List.of("403 Forbidden", "503 Service Unavailable")) {
            Path page = directory.resolve(status.substring(0, 3) + ".http");
            String head = "HTTP/1.0 " + status + "\r\nContent-Type: text/html\r\n\r\n";
            Files.writeString(page, head + "<h1>Our own " + status + "</h1>");
            pages.add("errorfile " + status.substring(0, 3) + " " + page);
        }
        try (Rig rig = Rig.startWithSnippets(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 2, true)
                    .snippets(
                            new Snippets(
                                            List.of(),
                                            List.of("errorfiles my_pages"),
                                            List.of("http-request deny if { path /no }"),
                                            List.of(),
                                            List.of(),
                                            List.of())
                                    .withSections(pages))
                    .service("a", "a.example", GroupTopic.server("a", one))
                    .service("b", "b.example");
            assertThat(rig.awaitServing(topic.manifest()).leftOut()).isEmpty();

            assertThat(answer(port, "a.example", "/")).contains("200 OK").doesNotContain("Our own");
            assertThat(answer(port, "a.example", "/no"))
                    .contains("403 Forbidden", "text/html", "<h1>Our own 403 Forbidden</h1>");
            assertThat(answer(port, "b.example", "/"))
                    .contains("text/html", "<h1>Our own 503 Service Unavailable</h1>");
        }
    }

    private static Snippets replace(String part, String... lines) {
        return template(Snippets.REPLACE + part, lines);
    }

    /** The 404 of an entry point, by a template that wraps the other lines. */
    private static Snippets notFound(String words) {
        return replace(
                "entry-points.http",
                "{% for line in lines %}",
                "{% if line contains 'status 404' %}",
                "http-request return status 404 content-type text/plain string '"
                        + words
                        + "'"
                        + " unless { var(txn.service) -m found }",
                "{% else %}{{ line }}{% endif %}",
                "{% endfor %}",
                "http-response set-header X-Group {{ group }}");
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldReplaceWhatIsGeneratedAndKeepTheLastGoodFrame(Path binary) throws Exception {
        try (Rig rig = Rig.startWithSnippets(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 2, true)
                    .snippets(notFound("nothing here"))
                    .service("a", "a.example", GroupTopic.server("a", one));
            assertThat(rig.awaitServing(topic.manifest()).leftOut()).isEmpty();
            assertThat(answer(port, "b.example", "/"))
                    .contains("404 Not Found", "nothing here")
                    .doesNotContain("No route matches");
            assertThat(answer(port, "a.example", "/")).contains("200 OK", "x-group: ");

            topic.service(
                            "a",
                            "a.example",
                            GroupTopic.server("a", one),
                            GroupTopic.server("a", two))
                    .service("b", "b.example", GroupTopic.server("b", two));
            ApplyResult more = rig.awaitServing(topic.manifest());
            assertThat(more.how()).isEqualTo(ApplyResult.How.RUNTIME);
            assertThat(answer(port, "b.example", "/")).contains("200 OK", "x-group: ");

            topic.frame(port, 2, true)
                    .snippets(
                            replace(
                                    "entry-points.http",
                                    "{% for line in lines %}",
                                    "{% if not (line contains 'use_backend') %}{{ line }}{% endif"
                                            + " %}",
                                    "{% endfor %}"));
            ApplyResult unsteered = rig.await(topic.manifest());
            assertLeftOut(unsteered, "frame")
                    .startsWith("snippets.replace.entry-points.http: must keep")
                    .contains("use_backend %[");
            assertThat(answer(port, "c.example", "/")).contains("404", "nothing here");

            topic.frame(port, 2, true).snippets(replace("defaults", "{{ generated }}", "nonsense"));
            ApplyResult refused = awaitLeftOut(rig, topic.manifest(), "nonsense");
            assertThat(refused.leftOut().getFirst().subject()).isEqualTo("frame");
            topic.service("c", "c.example", GroupTopic.server("c", one));
            rig.awaitServing(topic.manifest());
            assertThat(answer(port, "c.example", "/")).contains("200 OK", "x-group: ");
            assertThat(answer(port, "d.example", "/")).contains("404", "nothing here");

            topic.frame(port, 2, true)
                    .snippets(
                            replace(
                                    "defaults",
                                    "{{ generated }}",
                                    "http-error status 503 content-type text/plain string"
                                            + " 'closed by {{ services | length }}'"));
            assertThat(rig.awaitServing(topic.manifest()).leftOut()).isEmpty();
            assertThat(answer(port, "d.example", "/")).contains("404", "No route matches");
            topic.service("c", "c.example");
            rig.await(topic.manifest());
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(answer(port, "c.example", "/"))
                                            .contains("503 Service", "closed by 3"));
        }
    }

    private static String id(String service, App app) {
        return GroupTopic.server(service, app).name().substring(service.length() + 1);
    }

    private static String answer(int port, String host, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
