package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpEndpointTest {
    @Test
    void shouldAnswerThatItLives() throws Exception {
        try (Running running = Running.start(runtime -> {})) {
            HttpResponse<String> answer = running.get("/health/live");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"process\":\"tested\",\"live\":true}");
        }
    }

    @Test
    void shouldNameEachCauseUntilItIsReady() throws Exception {
        try (Running running =
                Running.start(
                        runtime -> {
                            runtime.readiness().condition("kafka").fails("no broker \"a\" answers");
                            runtime.readiness().condition("docker");
                        })) {
            HttpResponse<String> before = running.get("/health/ready");
            running.runtime.readiness().condition("kafka").holds();
            running.runtime.readiness().condition("docker").holds();
            HttpResponse<String> after = running.get("/health/ready");

            assertThat(before.statusCode()).isEqualTo(503);
            assertThat(before.headers().firstValue("content-type")).contains("application/json");
            assertThat(before.body())
                    .isEqualTo(
                            "{\"process\":\"tested\",\"ready\":false,\"causes\":"
                                    + "{\"kafka\":\"no broker \\\"a\\\" answers\",\"docker\":\"starting\"}}");
            assertThat(after.statusCode()).isEqualTo(200);
            assertThat(after.body())
                    .isEqualTo("{\"process\":\"tested\",\"ready\":true,\"causes\":{}}");
        }
    }

    @Test
    void shouldServeMetricsAndRoutesThatAreAddedLater() throws Exception {
        try (Running running = Running.start(runtime -> {})) {
            running.runtime.metrics().counter("things", "Things.").increment();
            running.runtime
                    .http()
                    .router()
                    .get("/api/hello")
                    .handler(context -> context.response().end("hello"));

            assertThat(running.get("/metrics").body())
                    .contains("signalbox_tested_things_total 1.0");
            assertThat(running.get("/api/hello").body()).isEqualTo("hello");
            assertThat(running.get("/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldNameTheSettingOfAnAddressInUse() {
        try (Running running = Running.start(runtime -> {})) {
            String taken = running.runtime.http().address().toString();
            assertThatThrownBy(
                            () ->
                                    Running.startWith(
                                            Map.of("tested-http-listen", taken), runtime -> {}))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith(
                            "SIGNALBOX_TESTED_HTTP_LISTEN must be a free address of this machine: "
                                    + taken);
        }
    }

    @Test
    void shouldNameTheSettingOfAnAddressOfAnotherMachine() {
        assertThatThrownBy(
                        () ->
                                Running.startWith(
                                        Map.of("tested-http-listen", "192.0.2.1:80"),
                                        runtime -> {}))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("SIGNALBOX_TESTED_HTTP_LISTEN");
    }
}
