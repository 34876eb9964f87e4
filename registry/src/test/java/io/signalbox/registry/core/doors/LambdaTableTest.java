package io.signalbox.registry.core.doors;

import static io.signalbox.registry.core.doors.Told.list;
import static io.signalbox.registry.core.doors.Told.object;
import static io.signalbox.registry.core.doors.Told.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaTableTest {
    private static final Json.Obj A23 = instance("app1", "a23nj53h3j4", "192.168.1.9:80");
    private static final Json.Obj JK3 = instance("app1", "jk3243j54jl", "192.168.1.8:80");
    private static final Json.Obj APP1 =
            candidate("app1", "first.example.com", container("a23nj53h3j4", "192.168.1.9:80"));
    private static final Json.Obj APP2 =
            candidate(
                    "app2",
                    "second.example.com",
                    container("das843j3h3k", "192.168.1.10:80"),
                    container("fds32k4354f", "192.168.1.11:80"));
    private static final Json.Obj ARTICLE =
            object("table", "astro", "running", list(A23, JK3), "candidates", list(APP1, APP2));

    private final Told told = new Told();

    @Test
    void shouldAnswerTheArticlesRequestAsTheArticleDoes() {
        assertThat(lines(generate(ARTICLE)))
                .containsExactly(
                        "global",
                        "log 127.0.0.1 local0",
                        "log 127.0.0.1 local1 notice",
                        "maxconn 4096",
                        "user haproxy",
                        "group haproxy",
                        "daemon",
                        "defaults",
                        "log global",
                        "mode http",
                        "option httplog",
                        "option dontlognull",
                        "option forwardfor",
                        "option http-server-close",
                        "timeout connect 5000",
                        "timeout client 50000",
                        "timeout server 50000",
                        "# Define frontends",
                        "frontend http",
                        "bind :80",
                        "acl app1 hdr(host) -i first.example.com",
                        "use_backend app1 if app1",
                        "acl app2 hdr(host) -i second.example.com",
                        "use_backend app2 if app2",
                        "# Define backends",
                        "backend app1",
                        "mode http",
                        "balance roundrobin",
                        "option forwardfor",
                        "cookie JSESSIONID prefix nocache",
                        "server a23nj53h3j4 192.168.1.9:80 check cookie JSESSIONID",
                        "backend app2",
                        "mode http",
                        "balance roundrobin",
                        "option forwardfor",
                        "cookie JSESSIONID prefix nocache",
                        "server das843j3h3k 192.168.1.10:80 check cookie JSESSIONID",
                        "server fds32k4354f 192.168.1.11:80 check cookie JSESSIONID");
    }

    @Test
    void shouldAnswerARepeatedRequestAlikeAndWriteNothing() {
        String first = generate(ARTICLE);

        assertThat(decide(ARTICLE).facts()).isEmpty();
        assertThat(generate(ARTICLE)).isEqualTo(first);
    }

    @Test
    void shouldMakeFactsThatTheGroupOfTheTableServes() {
        LambdaTable.Call call = LambdaTable.read(ARTICLE, table -> table + "-group");
        told.follow(call.decide(told.model));

        Declaration app2 =
                told.endpoint("lambda/astro/app2/das843j3h3k").endpoint().declarations().getFirst();
        assertThat(app2.groups()).containsExactly("astro-group");
        assertThat(app2.service()).isEqualTo("app2");
        assertThat(app2.port()).isEqualTo(80);
        assertThat(app2.routes().getFirst().host()).isEqualTo("second.example.com");
        assertThat(app2.policy().sticky())
                .isEqualTo(new Policy.Sticky(Policy.Sticky.Mode.PREFIX, "JSESSIONID", false));
    }

    @Test
    void shouldKnowButNotServeWhatOnlyRunningNamesUntilACandidateNamesIt() {
        generate(ARTICLE);
        String jk3 = "lambda/astro/app1/jk3243j54jl";
        assertThat(told.endpoint(jk3).endpoint().declarations()).isEmpty();

        String answer =
                generate(
                        request(
                                list(A23, JK3),
                                list(
                                        candidate(
                                                "app1",
                                                "first.example.com",
                                                container("jk3243j54jl", "192.168.1.8:80")))));

        assertThat(told.endpoint(jk3).endpoint().declarations()).hasSize(1);
        assertThat(servers(answer))
                .containsExactly(
                        "server a23nj53h3j4 192.168.1.9:80 check cookie JSESSIONID",
                        "server jk3243j54jl 192.168.1.8:80 check cookie JSESSIONID");
    }

    @Test
    void shouldTakeAStopWithoutCandidates() {
        generate(ARTICLE);

        String answer =
                generate(
                        object(
                                "table",
                                "astro",
                                "running",
                                list(A23, instance("app2", "fds32k4354f", "192.168.1.11:80"))));

        assertThat(servers(answer))
                .containsExactly(
                        "server a23nj53h3j4 192.168.1.9:80 check cookie JSESSIONID",
                        "server fds32k4354f 192.168.1.11:80 check cookie JSESSIONID");
        assertThat(told.endpoint("lambda/astro/app2/das843j3h3k").gone()).isTrue();
        assertThat(told.endpoint("lambda/astro/app1/jk3243j54jl").gone()).isTrue();
    }

    @Test
    void shouldForgetAllWhenNothingRuns() {
        generate(ARTICLE);

        assertThat(generate(request(list(), list()))).doesNotContain("use_backend", "server a23");
    }

    @Test
    void shouldKeepTablesApart() {
        generate(ARTICLE);

        String other = generate(with(request(list(), list()), "table", "nova"));

        assertThat(other).doesNotContain("app1");
        assertThat(told.endpoint("lambda/astro/app1/a23nj53h3j4").gone()).isFalse();
    }

    @Test
    void shouldLetNewAttributesWinForStoredInstancesToo() {
        generate(ARTICLE);

        String answer =
                generate(
                        request(
                                list(A23, JK3),
                                list(
                                        object(
                                                "serviceName", "app1",
                                                "configMode", "Path",
                                                "predicate", "first",
                                                "containers",
                                                        list(
                                                                container(
                                                                        "jk3243j54jl",
                                                                        "192.168.1.8:80"))))));

        assertThat(lines(answer))
                .contains("acl app1 url_beg /first")
                .doesNotContain("cookie JSESSIONID prefix nocache");
        assertThat(servers(answer))
                .containsExactly(
                        "server a23nj53h3j4 192.168.1.9:80 check",
                        "server jk3243j54jl 192.168.1.8:80 check");
    }

    @Test
    void shouldLetTheNewAddressOfAnInstanceCount() {
        generate(ARTICLE);

        String answer =
                generate(request(list(instance("app1", "a23nj53h3j4", "192.168.1.77:80")), list()));

        assertThat(servers(answer))
                .containsExactly("server a23nj53h3j4 192.168.1.77:80 check cookie JSESSIONID");
    }

    @Test
    void shouldTakeThePortBesideTheAddressAndKeepItForLater() {
        Json.Obj candidate =
                with(
                        candidate("app3", "c.example.com", container("c1", "10.0.0.5")),
                        "port",
                        "8080");
        generate(request(list(instance("app3", "c1", "10.0.0.5")), list(candidate)));

        String later = generate(request(list(instance("app3", "c1", "10.0.0.5")), list()));

        assertThat(servers(later))
                .containsExactly("server c1 10.0.0.5:8080 check cookie JSESSIONID");
    }

    @Test
    void shouldRefuseBadInputByItsPlaceAndChangeNothing() {
        Json.Obj bad =
                object(
                        "table",
                        "astro/../x",
                        "running",
                        list(object("serviceName", "a b", "id", "x\ny", "ip", "host:80"), 5),
                        "candidates",
                        list(
                                object(
                                        "serviceName", "app1",
                                        "configMode", "hdr",
                                        "predicate", "a.example.com",
                                        "containers", "none"),
                                object(
                                        "serviceName", "app2",
                                        "predicate", "a.example.com if TRUE",
                                        "cookie", "A B",
                                        "containers", list(container("c", "10.0.0.1"))),
                                object("predicat", "x")),
                        "more",
                        true);

        assertThat(Told.mistakes(catchThrowable(() -> decide(bad))))
                .anyMatch(m -> m.startsWith("table must have") && m.endsWith("'astro/../x'"))
                .anyMatch(m -> m.startsWith("running[0].serviceName must have"))
                .anyMatch(m -> m.startsWith("running[0].id must have") && m.endsWith("'x?y'"))
                .contains(
                        "running[0].ip must be an IP address, with or without :port, not 'host:80'",
                        "running[1] must be an object, not 'a number'",
                        "candidates[0].configMode must be host or path, not 'hdr'",
                        "candidates[0].containers must be a list, not 'a text'",
                        "candidates[1].predicate must be one host name, without a port, not"
                                + " 'a.example.com if TRUE'",
                        "candidates[1].containers[0].ip must have a port, or a port beside it, not"
                                + " '10.0.0.1'",
                        "candidates[2].predicate must be given: a text",
                        "more is not known here; known are candidates, running, table");
        assertThat(told.model.endpoints("")).isEmpty();
    }

    @Test
    void shouldRefuseWhatContradictsItself() {
        Json.Obj twice =
                request(
                        list(A23, instance("app1", "a23nj53h3j4", "192.168.1.10:80")),
                        list(
                                APP1,
                                candidate("app1", "other.example.com"),
                                candidate(
                                        "app1",
                                        "first.example.com",
                                        container("a23nj53h3j4", "10.9.9.9:80"))));

        assertThat(Told.mistakes(catchThrowable(() -> decide(twice))))
                .contains(
                        "running[1].ip must be what was said of this instance before,"
                                + " 192.168.1.9:80, not '192.168.1.10:80'",
                        "candidates[1].serviceName must be said once, or with the same attributes,"
                                + " not 'app1'");
    }

    @Test
    void shouldRefuseARequestThatDoesNotSayWhatRuns() {
        assertThat(Told.mistakes(catchThrowable(() -> decide(object("table", "astro")))))
                .containsExactly("running must be given: without it all would be removed");
    }

    @Test
    void shouldRefuseCookiesThatHaproxyCouldNotHave() {
        Json.Obj candidate = with(APP1, "cookie", "A\nserver evil 10.0.0.1:80");

        List<String> mistakes =
                Told.mistakes(catchThrowable(() -> decide(request(list(), list(candidate)))));

        assertThat(mistakes).singleElement().asString().startsWith("candidates[0].cookie");
    }

    private Decision decide(Json body) {
        return LambdaTable.read(body, _ -> "default").decide(told.model);
    }

    private String generate(Json body) {
        return told.follow(decide(body)).body();
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).toList();
    }

    private static List<String> servers(String text) {
        return lines(text).stream().filter(line -> line.startsWith("server ")).toList();
    }

    private static Json.Obj request(Json running, Json candidates) {
        return object("table", "astro", "running", running, "candidates", candidates);
    }

    private static Json.Obj instance(String service, String id, String ip) {
        return object("serviceName", service, "id", id, "ip", ip);
    }

    private static Json.Obj container(String id, String ip) {
        return object("id", id, "ip", ip);
    }

    private static Json.Obj candidate(String service, String host, Object... containers) {
        return object(
                "serviceName",
                service,
                "configMode",
                "host",
                "predicate",
                host,
                "cookie",
                "JSESSIONID",
                "containers",
                list(containers));
    }
}
