package io.signalbox.registry.core.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.registry.core.ReadModel;
import io.signalbox.registry.core.doors.DockerFlowRequest.Bad;
import io.signalbox.registry.core.doors.DockerFlowRequest.Declare;
import io.signalbox.registry.core.doors.DockerFlowRequest.Remove;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerFlowApiTest {
    private static final String ARTICLE = "serviceName=go-demo&servicePath=/demo&port=8080";
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final ReadModel model = new ReadModel();

    @Test
    void shouldDeclareTheArticlesService() {
        Decision decision = call(ARTICLE);

        Fact.ServiceDeclared fact = (Fact.ServiceDeclared) only(decision).fact();
        assertThat(only(decision).subject()).isEqualTo("service/go-demo");
        assertThat(fact.service()).isEqualTo("go-demo");
        Declaration word = fact.declarations().getFirst();
        assertThat(word.service()).isEqualTo("go-demo");
        assertThat(word.dialect()).isEqualTo("docker-flow");
        assertThat(word.port()).isEqualTo(8080);
        assertThat(word.groups()).containsExactly("default");
        assertThat(word.routes()).extracting(Route::path).containsExactly("/demo");
        Reply reply = decision.reply().apply(model);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(reply.body())
                .startsWith(
                        "{\"Status\":\"OK\",\"Message\":\"no container goes by the name go-demo")
                .contains("\"ServiceName\":\"go-demo\"")
                .contains(
                        "\"ServiceDest\":[{\"Port\":\"8080\",\"ReqMode\":\"http\",\"ServicePath\":[\"/demo\"]");
    }

    @Test
    void shouldNotRepeatWhatIsSo() {
        fold(call(ARTICLE));

        assertThat(call(ARTICLE).facts()).isEmpty();
        assertThat(call(ARTICLE + "&distribute=true&replicas=3").facts()).isEmpty();
        assertThat(call(ARTICLE + "&notify=true&nodeInfo=[]&alertName.1=memlimit").facts())
                .isEmpty();
        assertThat(call(ARTICLE.replace("8080", "8081")).facts()).hasSize(1);
    }

    @Test
    void shouldDeclareADestinationForEachIndex() {
        Decision decision =
                call("serviceName=s&servicePath.1=/a&port.1=1&servicePath.2=/b&port.2=2");

        Fact.ServiceDeclared fact = (Fact.ServiceDeclared) only(decision).fact();
        assertThat(fact.declarations()).extracting(Declaration::port).containsExactly(1, 2);
        assertThat(fact.declarations()).extracting(Declaration::service).doesNotHaveDuplicates();
    }

    @Test
    void shouldLeadConnections() {
        Decision decision = call("serviceName=db&port=6379&srcPort=6379&reqMode=tcp");

        Fact.ServiceDeclared fact = (Fact.ServiceDeclared) only(decision).fact();
        assertThat(fact.declarations()).singleElement().matches(Declaration::isTcp);
        assertThat(decision.reply().apply(model).body()).contains("\"ReqMode\":\"tcp\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "servicePath=/demo&port=8080 | 400 | serviceName is mandatory",
                "serviceName=&servicePath=/demo&port=8080 | 400 | serviceName is mandatory",
                "serviceName=a&servicePath=/demo | 400 | port or httpsPort is mandatory",
                "serviceName=a&port=8080 | 409 | servicePath or serviceDomain is mandatory",
                "serviceName=a&servicePath=/&port=x | 400 | port is refused",
                "serviceName=a&servicePath=/&port=1&port=2 | 400 | port must be said once",
                "serviceName=a&servicePath.1=/&servicePath.1=/b&port.1=1 | 400 | servicePath.1 must be said once",
                "serviceName=a&servicePath=/&port=1&serviceParth=/b | 400 | serviceParth is not known here, not '/b'",
                "serviceName=a&servicePath=/&port=1&httpsOnly=maybe | 400 | httpsOnly is refused",
                "serviceName=a&servicePath=/&port=1&replicas=two | 400 | replicas must be a number",
                "serviceName=a&servicePath.1=/&port.1=1&port.3=9 | 400 | port.3 is refused",
                "serviceName=a&servicePath=/&port=1&backendExtra=x | 400 | backendExtra is refused",
                "serviceName=a&port=1&reqMode=tcp | 400 | reqMode is refused",
                "serviceName=a b&servicePath=/&port=1 | 400 | serviceName is refused",
                "serviceName=a&servicePath=/&port=1&outboundHostname=acme.com | 400 | outboundHostname must be an IP",
            })
    void shouldRefuseByNameAndChangeNothing(String query, int status, String rule) {
        Decision decision = call(query.strip());

        assertThat(decision.facts()).isEmpty();
        Reply reply = decision.reply().apply(model);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body())
                .startsWith("{\"Status\":\"NOK\"")
                .contains(rule.strip())
                .contains("nothing was changed")
                .contains("\"type\":\"urn:signalbox:error:bad-request\"")
                .doesNotContain("\"status\"");
    }

    @Test
    void shouldNameEverythingThatIsWrong() {
        Bad bad = (Bad) read("serviceName=a&servicePath=/&port=80800&what=1&timeoutServer=soon");

        assertThat(bad.mistakes())
                .extracting(Mistake::at)
                .containsExactlyInAnyOrder("what", "timeoutServer", "port");
    }

    @Test
    void shouldNotShowPasswordsAndKeys() {
        Reply reply =
                call("serviceName=a&servicePath=/&port=1&users=ann:secret&serviceCert=secret")
                        .reply()
                        .apply(model);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("serviceCert").doesNotContain("secret");
        assertThat(
                        call("serviceName=a&servicePath=/&port=1&users=ann:secret")
                                .reply()
                                .apply(model)
                                .body())
                .contains("users is refused")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"serviceName=go-demo", "serviceName=go-demo&aclName=05&distribute=true"})
    void shouldRemoveWhatItDeclared(String query) {
        fold(call(ARTICLE));

        Decision decision = remove(query);

        assertThat(only(decision).fact()).isEqualTo(new Fact.ServiceWithdrawn("go-demo"));
        assertThat(decision.reply().apply(model).status()).isEqualTo(200);
        fold(decision);
        assertThat(remove(query).facts()).isEmpty();
        assertThat(remove(query).reply().apply(model).status()).isEqualTo(200);
    }

    @Test
    void shouldRemoveAServiceWithoutReplicas() {
        assertThat(read(ARTICLE + "&replicas=0")).isEqualTo(new Remove("go-demo"));
        assertThat(read("serviceName=go-demo&replicas=0")).isEqualTo(new Remove("go-demo"));
    }

    @Test
    void shouldRefuseToRemoveWithoutAName() {
        assertThat(remove("").reply().apply(model).status()).isEqualTo(400);
        assertThat(remove("serviceNam=a").reply().apply(model).body())
                .contains("serviceNam is no parameter of remove");
    }

    @Test
    void shouldLeaveAloneWhatOthersDeclare() {
        Declaration other =
                new Declaration(
                        "go-demo",
                        "cosmonaut",
                        List.of("default"),
                        80,
                        null,
                        List.of(),
                        Policy.NONE);
        show(new DeclaredService("go-demo", List.of(other), false, cause(), true));

        assertThat(call(ARTICLE).facts()).isEmpty();
        assertThat(call(ARTICLE).reply().apply(model).status()).isEqualTo(400);
        assertThat(remove("serviceName=go-demo").facts()).isEmpty();
        assertThat(remove("serviceName=go-demo").reply().apply(model).body())
                .contains("this door has no service of that name");
    }

    @Test
    void shouldServeAnAddressOutsideDockerAsAnEndpoint() {
        fold(call(ARTICLE));

        Decision out = call(ARTICLE + "&outboundHostname=192.0.2.7");
        assertThat(out.facts())
                .extracting(DoorFact::subject)
                .containsExactly("endpoint/docker-flow/go-demo/go-demo", "service/go-demo");
        Endpoint endpoint = ((Fact.EndpointRegistered) out.facts().getFirst().fact()).endpoint();
        assertThat(endpoint.address()).isEqualTo("192.0.2.7");
        assertThat(endpoint.port()).isEqualTo(8080);
        assertThat(endpoint.ttlSeconds()).isZero();
        fold(out);
        assertThat(call(ARTICLE + "&outboundHostname=192.0.2.7").facts()).isEmpty();

        Decision back = call(ARTICLE);
        assertThat(back.facts())
                .extracting(DoorFact::fact)
                .hasExactlyElementsOfTypes(
                        Fact.ServiceDeclared.class, Fact.EndpointDeregistered.class);
        fold(out);
        assertThat(remove("serviceName=go-demo").facts())
                .extracting(DoorFact::fact)
                .hasExactlyElementsOfTypes(Fact.EndpointDeregistered.class);
    }

    @Test
    void shouldListWhatItDeclared() {
        fold(call(ARTICLE));

        assertThat(DockerFlowReply.services(model).body())
                .isEqualTo(
                        "{\"go-demo\":{\"ServiceName\":\"go-demo\",\"ServiceDest\":[{\"Port\":\"8080\","
                                + "\"ReqMode\":\"http\",\"ServicePath\":[\"/demo\"],\"ServiceDomain\":[]}]}}\n");
    }

    @Test
    void shouldSayThatAGroupHasNoConfiguration() {
        assertThat(DockerFlowConfig.of(model, "nowhere").status()).isEqualTo(404);
    }

    private Decision call(String query) {
        return DockerFlow.decide(model, read(query));
    }

    private Decision remove(String query) {
        return DockerFlow.decide(model, DockerFlowRequest.remove(parameters(query)));
    }

    private static DockerFlowRequest read(String query) {
        DockerFlowRequest request = DockerFlowRequest.reconfigure(parameters(query));
        assertThat(request).isInstanceOfAny(Bad.class, Declare.class, Remove.class);
        return request;
    }

    private static DoorFact only(Decision decision) {
        assertThat(decision.facts()).hasSize(1);
        return decision.facts().getFirst();
    }

    private void fold(Decision decision) {
        for (DoorFact fact : decision.facts()) {
            switch (fact.fact()) {
                case Fact.ServiceDeclared(String service, List<Declaration> words) ->
                        show(new DeclaredService(service, words, false, cause(), true));
                case Fact.ServiceWithdrawn(String service) ->
                        show(new DeclaredService(service, List.of(), true, cause(), true));
                case Fact.EndpointRegistered(Endpoint endpoint) ->
                        show(new RegisteredEndpoint(endpoint, false, T0, cause(), true));
                case Fact.EndpointDeregistered(String id) ->
                        show(
                                new RegisteredEndpoint(
                                        new Endpoint(id, "192.0.2.7", 1, 0, List.of()),
                                        true,
                                        T0,
                                        cause(),
                                        true));
                default -> throw new IllegalArgumentException(String.valueOf(fact));
            }
        }
    }

    private void show(ServiceState state) {
        model.state(0, Keys.of(state), state);
    }

    private static Cause cause() {
        return new Cause(0, 1, "subject", null, T0, T0, null);
    }

    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> all = new TreeMap<>();
        for (String one : query.split("&", -1)) {
            if (!one.isEmpty()) {
                String[] pair = one.split("=", 2);
                all.computeIfAbsent(pair[0], _ -> new ArrayList<>())
                        .add(URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
        return all;
    }
}
