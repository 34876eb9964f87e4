package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.certificates.Make;
import io.signalbox.process.HostPort;
import io.signalbox.process.HttpEndpoint;
import io.signalbox.process.Metrics;
import io.signalbox.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir Path directory;

    private Path store;
    private HttpEndpoint http;

    @BeforeEach
    void open() {
        Places places = Places.open(directory);
        CertificateKeeper keeper = Certificates.none(places);
        store = keeper.directory();
        http =
                HttpEndpoint.open(
                        "applier",
                        "key",
                        new HostPort("127.0.0.1", 0),
                        new Readiness("applier"),
                        new Metrics("applier"));
        CertificateApi.serve(http, keeper, "secret", InstantSource.system());
    }

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> ask(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + http.address() + path))
                        .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldStoreACertificateThatCanServeAndNeverShowItsKey() throws Exception {
        String pem = Make.pem("a.example");

        HttpResponse<String> put = ask("PUT", "/certificates/a", "secret", pem);

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).contains("\"names\":[\"a.example\"]").doesNotContain("BEGIN");
        assertThat(Files.readString(store.resolve("a.pem"))).isEqualTo(pem);
    }

    @Test
    void shouldRefuseWhatCannotServe() throws Exception {
        HttpResponse<String> put =
                ask("PUT", "/certificates/a", "secret", Make.open(Make.pem("a.example")));

        assertThat(put.statusCode()).isEqualTo(422);
        assertThat(put.body()).contains("has no private key");
        assertThat(store).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Secret", "secret2"})
    void shouldAnswerNobodyElse(String token) throws Exception {
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            String path = method.equals("GET") ? "/certificates" : "/certificates/a";
            assertThat(ask(method, path, token, Make.pem("a.example")).statusCode()).isEqualTo(401);
        }
        assertThat(store).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2Fa", "%2e%2e", ".hidden", "a%20b", "a%2Fb"})
    void shouldRefuseNamesThatLeadElsewhere(String name) throws Exception {
        int status =
                ask("PUT", "/certificates/" + name, "secret", Make.pem("a.example")).statusCode();

        assertThat(status).isIn(400, 404, 405);
        assertThat(directory.resolve("a.pem")).doesNotExist();
        assertThat(store).doesNotExist();
    }

    @Test
    void shouldDeleteAllButTheLast() throws Exception {
        ask("PUT", "/certificates/a", "secret", Make.pem("a.example"));
        ask("PUT", "/certificates/b", "secret", Make.pem("b.example"));

        assertThat(ask("DELETE", "/certificates/a", "secret", "").statusCode()).isEqualTo(200);
        assertThat(ask("DELETE", "/certificates/a", "secret", "").statusCode()).isEqualTo(404);
        assertThat(ask("DELETE", "/certificates/b", "secret", "").statusCode()).isEqualTo(409);
        assertThat(store.resolve("a.pem")).doesNotExist();
        assertThat(store.resolve("b.pem")).exists();
    }

    @Test
    void shouldListWhatIsKnown() throws Exception {
        assertThat(ask("GET", "/certificates", "secret", "").body())
                .isEqualTo("{\"certificates\":[]}");
    }
}
