package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sample application on the real engine: what demo and bench rely on. */
@Timeout(60)
class SampleIT {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> started = new ArrayList<>();

    @AfterEach
    void removeContainers() throws Exception {
        for (String container : started) {
            Shell.outcomeOf("docker", "rm", "--force", container);
        }
    }

    @Test
    void shouldNameItsContainerAndVersion() throws Exception {
        String container = start("signalbox/sample:2");

        HttpResponse<String> answer = get(container, "/a");

        assertThat(answer.headers().firstValue("X-Served-By")).hasValue(container.substring(0, 12));
        assertThat(answer.headers().firstValue("X-Version")).hasValue("2");
    }

    @Test
    void shouldServeForAWhileAfterTheStopSignalAndThenEndWell() throws Exception {
        String container = start("--env", "GRACE_MS=1500", "signalbox/sample:1");
        String address = address(container);
        get(container, "/before");

        Shell.outputOf("docker", "kill", "--signal", "TERM", container);
        HttpResponse<String> late = send(address, "/after", "");
        String code = Shell.outputOf("docker", "wait", container);

        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(code).isEqualTo("0");
        assertThat(Shell.outputOf("docker", "logs", container)).contains("\"requests\":2,");
    }

    @Test
    void shouldAcceptNothingAfterTheStopSignalWhenToldSo() throws Exception {
        String container =
                start("--env", "GRACE_MS=9000", "--env", "CLOSE_ON_TERM=1", "signalbox/sample:1");
        get(container, "/before");

        Shell.outputOf("docker", "kill", "--signal", "TERM", container);

        await().untilAsserted(() -> assertThat(healthOf(container)).isOne());
        assertThat(Shell.outputOf("docker", "ps", "--no-trunc", "--quiet")).contains(container);
    }

    @Test
    void shouldTellWhenEachRequestArrived() throws Exception {
        String container = start("signalbox/sample:1");
        get(container, "/first");
        send(address(container), "/second", "x".repeat(200_000));

        List<String> arrivals = get(container, "/_arrivals").body().lines().toList();

        assertThat(arrivals).hasSize(2);
        assertThat(arrivals.get(0)).matches("\\d{19} GET /first");
        assertThat(arrivals.get(1)).matches("\\d{19} POST /second");
        assertThat(arrivals).isSorted();
    }

    @Test
    void shouldAnswerItsHealthCheckAsToldByItsSettings() throws Exception {
        String well = start("signalbox/sample:1");
        String failing = start("--env", "FAIL_HEALTH=1", "signalbox/sample:1");
        get(well, "/");
        get(failing, "/");

        assertThat(healthOf(well)).isZero();
        assertThat(healthOf(failing)).isOne();
    }

    private String start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--detach"));
        command.addAll(List.of(arguments));
        String container = Shell.outputOf(command.toArray(String[]::new));
        started.add(container);
        return container;
    }

    private static int healthOf(String container) throws Exception {
        return Shell.outcomeOf("docker", "exec", container, "/sample", "health").code();
    }

    private static String address(String container) throws Exception {
        String format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
        return Shell.outputOf("docker", "inspect", "--format", format, container);
    }

    private HttpResponse<String> get(String container, String path) throws Exception {
        String address = address(container);
        return await().atMost(Duration.ofSeconds(10))
                .ignoreException(IOException.class)
                .until(() -> send(address, path, ""), answer -> answer.statusCode() == 200);
    }

    private HttpResponse<String> send(String address, String path, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + address + ":8080" + path));
        HttpRequest whole =
                body.isEmpty()
                        ? request.GET().build()
                        : request.POST(BodyPublishers.ofString(body)).build();
        return client.send(whole, BodyHandlers.ofString());
    }
}
