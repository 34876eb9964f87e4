package io.signalbox.registry.core.doors;

import static io.signalbox.registry.core.doors.Told.list;
import static io.signalbox.registry.core.doors.Told.object;
import static io.signalbox.registry.core.doors.Told.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Liveness;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private static final Json.Obj BODY =
            object(
                    "service", "db-admin",
                    "address", "192.0.2.7",
                    "port", 8080,
                    "ttl", "30s",
                    "labels", object("signalbox.host", "db.example.com"));

    private final Told told = new Told();

    @Test
    void shouldReadAnEndpointWithItsRoutes() {
        Endpoint endpoint = Registration.read("db-1", BODY);

        assertThat(endpoint.id()).isEqualTo("db-1");
        assertThat(endpoint.address()).isEqualTo("192.0.2.7");
        assertThat(endpoint.port()).isEqualTo(8080);
        assertThat(endpoint.ttlSeconds()).isEqualTo(30);
        Declaration declaration = endpoint.declarations().getFirst();
        assertThat(declaration.service()).isEqualTo("db-admin");
        assertThat(declaration.groups()).containsExactly("default");
        assertThat(declaration.routes())
                .containsExactly(new Declaration.Route("default", "db.example.com", "/"));
    }

    @Test
    void shouldTakeSecondsForATimeToLiveAndNoneForEver() {
        assertThat(Registration.read("a", with(BODY, "ttl", 5)).ttlSeconds()).isEqualTo(5);
        assertThat(Registration.read("a", with(BODY, "ttl", "2h")).ttlSeconds()).isEqualTo(7200);
        assertThat(Registration.read("a", with(BODY, "ttl", new Json.Null())).ttlSeconds())
                .isZero();
    }

    @Test
    void shouldKnowAServiceWithoutARoute() {
        Json.Obj bare = object("service", "web", "address", "2001:db8:0:0::1", "port", 80);

        Endpoint endpoint = Registration.read("a", bare);

        assertThat(endpoint.address()).isEqualTo("2001:db8::1");
        assertThat(endpoint.declarations().getFirst().routes()).isEmpty();
    }

    @Test
    void shouldNameEveryMistakeAtOnce() {
        Json.Obj bad =
                object(
                        "service",
                        list(),
                        "address",
                        "db.example.com",
                        "port",
                        0,
                        "ttl",
                        "1s",
                        "weight",
                        3,
                        "labels",
                        object("traefik.enable", true, "signalbox.port", 81));

        assertThat(Told.mistakes(catchThrowable(() -> Registration.read("a/b", bad))))
                .containsExactly(
                        "the endpoint's id must have 1 to 100 letters, digits, '.', '_' or '-' and"
                                + " begin with a letter or digit, not 'a/b'",
                        "service must be a text, not 'a list'",
                        "port must be a whole number from 1 to 65535, not '0'",
                        "ttl must be from 2s to 30d: a number of seconds, or one with s, m, h or d,"
                                + " such as 30s, not '1s'",
                        "weight is not known here; known are address, labels, port, service, ttl",
                        "address must be an IPv4 or IPv6 address, not 'db.example.com'",
                        "labels.traefik.enable must be a native label, signalbox.*",
                        "labels.signalbox.port is not taken: service, address and port say what it"
                                + " would");
    }

    @Test
    void shouldRefuseWhatTheLabelsReaderRefuses() {
        Json.Obj labels =
                object(
                        "signalbox.hots",
                        "a.example",
                        "signalbox.path",
                        "no-slash",
                        "signalbox.drain",
                        "soon");

        List<String> mistakes =
                Told.mistakes(
                        catchThrowable(() -> Registration.read("a", with(BODY, "labels", labels))));

        assertThat(mistakes)
                .hasSize(3)
                .anyMatch(m -> m.contains("labels.signalbox.hots") && m.contains("signalbox.host"))
                .anyMatch(m -> m.contains("labels.signalbox.path=no-slash is refused"))
                .anyMatch(m -> m.contains("labels.signalbox.drain=soon is refused"));
    }

    @Test
    void shouldRefusePasswordsThatAreNoHashes() {
        Json.Obj labels = object("signalbox.path", "/x", "signalbox.auth.users", "ann:secret");

        assertThat(
                        Told.mistakes(
                                catchThrowable(
                                        () ->
                                                Registration.read(
                                                        "a", with(BODY, "labels", labels)))))
                .anyMatch(m -> m.startsWith("labels.signalbox.auth.users is refused"))
                .noneMatch(m -> m.contains("secret"));
    }

    @Test
    void shouldRefuseAServiceOnAnotherPort() {
        Json.Obj labels =
                object("signalbox.routes.api.path", "/api", "signalbox.routes.api.port", "99");

        assertThat(
                        Told.mistakes(
                                catchThrowable(
                                        () ->
                                                Registration.read(
                                                        "a", with(BODY, "labels", labels)))))
                .singleElement()
                .asString()
                .contains("no other port than 8080, register an endpoint for each, not '99'");
    }

    @Test
    void shouldRefuseABodyThatIsNoObject() {
        assertThat(Told.mistakes(catchThrowable(() -> Registration.read("a", list()))))
                .containsExactly("the body must be an object, not 'a list'");
    }

    @Test
    void shouldRefuseAddressesThatNobodyCanConnectTo() {
        for (String address :
                List.of("0.0.0.0", "::", "10.0.0", "010.0.0.1", "10.0.0.1:80", "fe80::1%eth0")) {
            assertThat(catchThrowable(() -> Registration.read("a", with(BODY, "address", address))))
                    .as(address)
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void shouldRegisterAndThenRenewWithoutAFact() {
        Endpoint endpoint = Registration.read("db-1", BODY);

        Decision first = Registration.put(told.model, endpoint);
        assertThat(first.facts()).containsExactly(DoorFact.registered(endpoint));
        Reply created = told.follow(first);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body()).startsWith("{\"outcome\":\"registered\",\"id\":\"db-1\"");

        Decision again = Registration.put(told.model, endpoint);
        assertThat(again.facts()).isEmpty();
        assertThat(again.beats()).containsExactly(new Liveness.EndpointRenewed("db-1"));
        assertThat(told.follow(again).body()).startsWith("{\"outcome\":\"renewed\"");
    }

    @Test
    void shouldWriteAFactForAChange() {
        told.follow(Registration.put(told.model, Registration.read("db-1", BODY)));

        Endpoint moved = Registration.read("db-1", with(BODY, "address", "192.0.2.8"));
        Decision change = Registration.put(told.model, moved);

        assertThat(change.facts()).containsExactly(DoorFact.registered(moved));
        assertThat(told.follow(change).body()).startsWith("{\"outcome\":\"changed\"");
    }

    @Test
    void shouldRegisterAgainWhatExpired() {
        Endpoint endpoint = Registration.read("db-1", BODY);
        told.follow(Registration.put(told.model, endpoint));
        told.write("endpoint/db-1", new Fact.EndpointExpired("db-1", 0L));
        assertThat(Registration.list(told.model).body()).isEqualTo("{\"endpoints\":[]}\n");

        Decision again = Registration.put(told.model, endpoint);

        assertThat(told.follow(again).status()).isEqualTo(201);
        assertThat(Registration.get(told.model, "db-1").body()).contains("\"ttl\":30");
    }

    @Test
    void shouldDeregisterOnce() {
        told.follow(Registration.put(told.model, Registration.read("db-1", BODY)));

        Reply gone = told.follow(Registration.delete(told.model, "db-1"));

        assertThat(gone.body()).startsWith("{\"outcome\":\"deregistered\"");
        Throwable again = catchThrowable(() -> Registration.delete(told.model, "db-1"));
        assertThat(((Refused) again).problem().status()).isEqualTo(404);
        assertThat(again).hasMessage("no endpoint is registered as 'db-1'");
    }

    @Test
    void shouldLeaveTheEndpointsOfOtherDoorsAlone() {
        Endpoint other = new Endpoint("lambda/t/app/1", "192.0.2.1", 80, 0, List.of());
        told.write("endpoint/lambda/t/app/1", new Fact.EndpointRegistered(other));

        Throwable refused = catchThrowable(() -> Registration.delete(told.model, "lambda/t/app/1"));

        assertThat(((Refused) refused).problem().status()).isEqualTo(400);
        assertThat(Registration.list(told.model).body()).contains("lambda/t/app/1");
    }
}
