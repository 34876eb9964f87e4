package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.process.TestBroker;
import io.signalbox.watcher.core.AllowList;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Passwords as they leave the host are checked by a real HAProxy. */
@Timeout(60)
class HaproxyPasswordIT {
    @TempDir Path directory;

    @Test
    void shouldLetHaproxyCheckHashedPasswords() throws Exception {
        String users =
                Objects.requireNonNull(
                        AllowList.labels(List.of())
                                .apply(Map.of("com.df.users", "joe:s e;c\"r#t,ann:ü"))
                                .get("com.df.users"));
        int port = TestBroker.freePort();
        Path config = Files.writeString(directory.resolve("haproxy.cfg"), config(port, users));
        Process haproxy =
                new ProcessBuilder(haproxy(), "-db", "-f", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("haproxy.log").toFile())
                        .start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> status(client, port, "") == 401);

            assertThat(status(client, port, "joe:s e;c\"r#t")).isEqualTo(200);
            assertThat(status(client, port, "ann:ü")).isEqualTo(200);
            assertThat(status(client, port, "joe:wrong")).isEqualTo(401);
        } finally {
            haproxy.destroy();
            haproxy.waitFor();
        }
    }

    private static String haproxy() {
        String set = System.getenv("SIGNALBOX_TEST_HAPROXY_26");
        return set == null ? "/usr/sbin/haproxy" : set;
    }

    private static String config(int port, String users) {
        StringBuilder lines = new StringBuilder("userlist users\n");
        for (String user : users.split(",", -1)) {
            String[] parts = user.split(":", 2);
            lines.append("  user ").append(parts[0]).append(" password ").append(parts[1]);
            lines.append('\n');
        }
        return lines
                + """
                frontend f
                  mode http
                  timeout client 5s
                  bind 127.0.0.1:%d
                  http-request auth unless { http_auth(users) }
                  http-request return status 200
                """
                        .formatted(port);
    }

    private static int status(HttpClient client, int port, String credentials) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"));
        if (!credentials.isEmpty()) {
            String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
            request.header("Authorization", "Basic " + encoded);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(US_ASCII))
                .statusCode();
    }
}
