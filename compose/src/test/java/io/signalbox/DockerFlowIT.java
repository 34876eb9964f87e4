package io.signalbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.applier.certificates.OwnCertificate;
import io.signalbox.cli.load.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Docker Flow Proxy's calls, as their article prints them, seen through HAProxy. */
@Timeout(120)
@ExtendWith(Chain.Shared.class)
class DockerFlowIT {
    private static final Pattern REQUESTS = Pattern.compile("\"requests\":([0-9]+)");
    private static final String SLOW = "/slow/1000/flow";

    private static Chain chain;
    private static Engine engine;

    @BeforeAll
    static void start(Chain shared) {
        engine = new Engine("docker-flow-");
        chain = shared;
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void shouldServeTheContainersOfTheNameThatACallDeclares() {
        String name = engine.name("go-demo");
        String byName = engine.run("go-demo", Map.of());

        assertThat(call("reconfigure?serviceName=%s&servicePath=/demo&port=8080", name))
                .contains("\"Status\":\"OK\"", "\"ServiceName\":\"" + name + "\"");

        chain.awaitServed("any.test", "/demo/hello", byName);
        chain.awaitWhy(name, "it is a server of service " + name + " by the declaration of");
        String later = engine.run("later", Map.of("com.docker.compose.service", name));
        chain.awaitServed("any.test", "/demo/hello", later);
        assertThat(call("reconfigure?serviceName=%s&servicePath=/demo&port=80800&x=1", name))
                .contains("\"Status\":\"NOK\"", "port is refused", "x is not known here");
        chain.awaitServed("any.test", "/demo/hello", byName);

        call("remove?serviceName=%s", name);
        chain.awaitStatus("any.test", "/demo/hello", 404);
    }

    @Test
    void shouldDrainAServiceThatIsRemovedAndLoseNoRequest() throws Exception {
        String name = engine.name("drained");
        String id = engine.run("drained", Map.of());
        call(
                "reconfigure?serviceName=%s&port=8080&serviceDomain.1=flow.test&port.1=8080"
                        + "&servicePath.2="
                        + SLOW
                        + "&port.2=8080",
                name);
        chain.awaitServed("flow.test", "/", id);
        chain.awaitServed("any.test", SLOW, id);
        long before = requests();

        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Chain.Reply>> slow = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                slow.add(clients.submit(() -> chain.get("any.test", SLOW)));
            }
            await().until(() -> requests() > before + 8);
            try (Load load = Load.start(chain.proxy(), List.of("flow.test"), 200, 4, 4)) {
                await().until(() -> load.tally().answered() > 20);
                call("remove?serviceName=%s", name);
                chain.awaitStatus("flow.test", "/", 404);

                assertThat(load.tally().failures()).allMatch(one -> one.endsWith("with 404"));
            }
            for (Future<Chain.Reply> one : slow) {
                assertThat(one.get().status()).isEqualTo(200);
            }
        }
        chain.awaitStatus("any.test", SLOW, 404);
    }

    @Test
    void shouldServeACertificateThatComesInByTheDoorAndKeepItsKeyOutOfTheLog(
            @TempDir Path directory) throws Exception {
        Path file = directory.resolve("made.pem");
        OwnCertificate.kept(file, Instant.now());
        String pem = Files.readString(file);

        await().atMost(Chain.PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(
                                                chain.dockerFlow(
                                                        "PUT",
                                                        "cert?certName=flow.pem&distribute=true",
                                                        pem))
                                        .contains("\"Status\":\"OK\"", "is stored at https://"));
        Path kept = chain.data().resolve("applier/certificates/flow.pem");
        assertThat(kept).hasContent(pem);
        await().untilAsserted(
                        () ->
                                assertThat(chain.dockerFlow("certs"))
                                        .contains("\"ServiceName\":\"flow\"", "\"Sha256\":\""));
        assertThat(chain.dockerFlow("PUT", "cert?certName=flow.pem", "nonsense"))
                .contains("\"Status\":\"NOK\"", "422", "nothing was changed");
        assertThat(kept).hasContent(pem);
        assertThat(chain.log().toString()).doesNotContain("PRIVATE KEY");
        try (Stream<Path> all = Files.walk(chain.data())) {
            String key = pem.substring(pem.indexOf("PRIVATE KEY-----") + 20).substring(0, 40);
            List<Path> holders =
                    all.filter(Files::isRegularFile).filter(one -> holds(one, key)).toList();
            assertThat(holders)
                    .isNotEmpty()
                    .allMatch(one -> one.startsWith(chain.data().resolve("applier")));
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
        } catch (IOException e) {
            // It went meanwhile.
            return false;
        }
    }

    private static String call(String call, String service) {
        return chain.dockerFlow(call.formatted(service));
    }

    /** How many requests the container has seen, this one among them. */
    private static long requests() {
        Matcher found = REQUESTS.matcher(chain.get("flow.test", "/").text());
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
