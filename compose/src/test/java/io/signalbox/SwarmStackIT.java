package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.bench.faults.OwnEngine;
import io.signalbox.bench.faults.Swarm;
import io.signalbox.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code compose/swarm.yaml} as it stands, deployed to a Swarm of one node. */
@Tag("stack")
@Tag("long")
@Timeout(300)
class SwarmStackIT {
    /** How long the whole may take to come up: it waits for a broker in a container. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    private static final List<String> IMAGES =
            List.of(
                    "kafka",
                    "schema-registry",
                    "cli",
                    "watcher",
                    "registry",
                    "renderer",
                    "haproxy",
                    "sample");

    private final InetSocketAddress proxy =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.onLoopback());

    @Test
    void shouldServeServicesOfTheSwarmThroughTheirLives() throws Exception {
        Path directory = Files.createTempDirectory("sbstack");
        try (OwnEngine engine = new OwnEngine(directory)) {
            engine.start();
            load(engine);
            try (Swarm swarm = Swarm.begin(engine)) {
                deploy(engine, swarm);
                awaitStart(engine);
                new Story(swarm).run();
                swarm.docker("stack rm signalbox");
                awaitRemoved(engine);
            }
        } finally {
            Shell.outputOf("rm", "-rf", directory.toString());
        }
    }

    /** The stack's images, from the machine's engine; built if they are not there. */
    private static void load(OwnEngine engine) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of("docker", "save", "signalbox/sample:1", "signalbox/sample:2"));
        for (String image : IMAGES) {
            words.add(Images.named(image, "base", "runtime"));
        }
        List<Process> both =
                ProcessBuilder.startPipeline(
                        List.of(
                                new ProcessBuilder(words),
                                new ProcessBuilder(
                                                "docker",
                                                "--host",
                                                "unix://" + engine.socket(),
                                                "load",
                                                "--quiet")
                                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)));
        for (Process one : both) {
            assertThat(one.waitFor()).isZero();
        }
    }

    private void deploy(OwnEngine engine, Swarm swarm) throws Exception {
        swarm.docker(
                "node update --label-add signalbox.log=true --label-add signalbox.public=true "
                        + Shell.outputOf("hostname"));
        Shell.outputOf(
                "env",
                "SIGNALBOX_DOCKER_SOCKET=" + engine.socket(),
                "SIGNALBOX_PUBLIC_PORT=" + proxy.getPort(),
                "docker",
                "--host",
                "unix://" + engine.socket(),
                "stack",
                "deploy",
                "--detach=true",
                "--resolve-image=never",
                "--compose-file=compose/swarm.yaml",
                "--compose-file=compose/src/test/resources/swarm/smaller.yaml",
                "signalbox");
    }

    /** What the tasks of the stack do is said if it does not come up. */
    private void awaitStart(OwnEngine engine) throws Exception {
        try {
            awaitServers("sample.localhost", 2, START_PATIENCE);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    Shell.outputOf(
                            "docker",
                            "--host",
                            "unix://" + engine.socket(),
                            "stack",
                            "ps",
                            "--no-trunc",
                            "signalbox"),
                    e);
        }
    }

    private void awaitRemoved(OwnEngine engine) {
        await("nothing of the stack runs")
                .atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                Shell.outputOf(
                                                "docker",
                                                "--host",
                                                "unix://" + engine.socket(),
                                                "ps",
                                                "--quiet")
                                        .isEmpty());
    }

    /** A service of somebody's own beside the stack. */
    private final class Story {
        private static final String HOST = "web.test";

        private final Swarm swarm;

        private Story(Swarm swarm) {
            this.swarm = swarm;
        }

        void run() throws IOException {
            swarm.docker(
                    "service create --detach --quiet --no-resolve-image --name web"
                            + " --network signalbox_public --endpoint-mode dnsrr"
                            + " --update-order start-first --update-parallelism 2"
                            + " --env GRACE_MS=1000 --label signalbox.group=public"
                            + " --label signalbox.port=8080 --label signalbox.host="
                            + HOST
                            + " signalbox/sample:1");
            awaitServers(HOST, 1, Chain.PATIENCE);
            swarm.docker("service scale --detach web=4");
            assertThat(lostUntil("\"version\":\"1\"", 4)).isEmpty();
            swarm.docker(
                    "service update --detach --quiet --no-resolve-image --image signalbox/sample:2 web");
            assertThat(lostUntil("\"version\":\"2\"", 4)).isEmpty();
            swarm.docker("service rm web");
            await("no route").atMost(Chain.PATIENCE).until(() -> get(HOST).status() == 404);
        }

        /** Sends requests until so many tasks of that version answered; all other answers. */
        private List<Chain.Reply> lostUntil(String version, int count) {
            List<Chain.Reply> lost = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            await(count + " tasks with " + version)
                    .atMost(Chain.PATIENCE.multipliedBy(2))
                    .pollInterval(Duration.ofMillis(5))
                    .until(
                            () -> {
                                Chain.Reply reply = get(HOST);
                                if (reply.status() != 200) {
                                    lost.add(reply);
                                } else if (reply.text().contains(version)) {
                                    seen.add(reply.servedBy());
                                }
                                return seen.size() == count;
                            });
            return lost;
        }
    }

    /** Waits until so many tasks have answered. */
    private void awaitServers(String host, int count, Duration patience) {
        Set<String> seen = new HashSet<>();
        await(host + " by " + count)
                .atMost(patience)
                .ignoreException(UncheckedIOException.class)
                .until(
                        () -> {
                            Chain.Reply reply = get(host);
                            return reply.status() == 200
                                    && seen.add(reply.servedBy())
                                    && seen.size() == count;
                        });
    }

    private Chain.Reply get(String host) {
        return Chain.get(proxy, host, "/");
    }
}
