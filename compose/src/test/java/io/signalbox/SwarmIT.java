package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.Chain.Reply;
import io.signalbox.bench.faults.OwnEngine;
import io.signalbox.bench.faults.Swarm;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The services of a Swarm of one node, on an overlay network, by the labels of the services. */
@Timeout(180)
class SwarmIT {
    private static final String CREATE =
            "service create --detach --quiet --no-resolve-image --network front ";
    private static final String UPDATE = "service update --detach --quiet --no-resolve-image ";

    @Test
    void shouldFollowServicesThroughTheirLives() throws Exception {
        Path directory = Files.createTempDirectory("sbswarm");
        try (OwnEngine engine = new OwnEngine(directory)) {
            engine.start();
            Shell.outputOf("env", "DOCKER_HOST=unix://" + engine.socket(), "compose/sample/build");
            try (Swarm swarm = Swarm.begin(engine);
                    Chain chain = new Chain(Map.of("docker-host", "unix://" + engine.socket()))) {
                swarm.docker("network create --driver overlay front");
                new Story(swarm, chain).run();
            }
        }
    }

    /** What is done to the services, one thing after the other. */
    private record Story(Swarm swarm, Chain chain) {

        void run() throws Exception {
            swarm.docker(
                    CREATE
                            + "--name web --replicas 1 --label signalbox.host=web.test"
                            + " --label signalbox.port=8080 signalbox/sample:1");
            swarm.docker(
                    CREATE
                            + "--name go-demo --mode global --label com.df.notify=true"
                            + " --label com.df.servicePath=/demo --label com.df.port=8080"
                            + " signalbox/sample:1");
            swarm.docker(
                    CREATE
                            + "--name tr --label traefik.enable=true"
                            + " --label traefik.http.routers.tr.rule=Host(`tr.test`)"
                            + " --label traefik.http.services.tr.loadbalancer.server.port=8080"
                            + " signalbox/sample:1");
            awaitServers("web.test", "/", 1);
            awaitServers("any.test", "/demo", 1);
            awaitServers("tr.test", "/", 1);
            chain.awaitWhy("web.test", "leads to service web,");

            swarm.docker("service scale --detach web=3");
            awaitServers("web.test", "/", 3);
            update();
            relabel();
            scaleToNothingAndBack();
            remove();
        }

        private void update() throws Exception {
            List<Reply> lost = new ArrayList<>();
            swarm.docker(UPDATE + "--update-parallelism 2 --image signalbox/sample:2 web");
            Set<String> news = new HashSet<>();
            await("all tasks replaced")
                    .atMost(Chain.PATIENCE.multipliedBy(2))
                    .pollInterval(java.time.Duration.ofMillis(5))
                    .until(
                            () -> {
                                Reply reply = chain.get("web.test", "/");
                                if (reply.status() != 200) {
                                    lost.add(reply);
                                } else if (reply.text().contains("\"version\":\"2\"")) {
                                    news.add(reply.servedBy());
                                }
                                return news.size() == 3;
                            });
            assertThat(lost).isEmpty();
        }

        private void relabel() throws Exception {
            swarm.docker(UPDATE + "--label-add signalbox.host=new.test web");
            chain.awaitStatus("web.test", "/", 404);
            awaitServers("new.test", "/", 3);
        }

        private void scaleToNothingAndBack() throws Exception {
            swarm.docker("service scale --detach web=0");
            chain.awaitStatus("new.test", "/", 503);
            swarm.docker("service scale --detach web=2");
            awaitServers("new.test", "/", 2);
        }

        private void remove() throws Exception {
            swarm.docker("service rm web go-demo tr");
            chain.awaitStatus("new.test", "/", 404);
            chain.awaitStatus("any.test", "/demo", 404);
            chain.awaitStatus("tr.test", "/", 404);
        }

        /** Waits until so many tasks have answered. */
        private void awaitServers(String host, String path, int count) {
            Set<String> seen = new HashSet<>();
            Predicate<Reply> served = reply -> reply.status() == 200;
            await(host + path + " by " + count)
                    .atMost(Chain.PATIENCE)
                    .ignoreException(UncheckedIOException.class)
                    .until(
                            () -> {
                                Reply reply = chain.get(host, path);
                                return served.test(reply)
                                        && seen.add(reply.servedBy())
                                        && seen.size() == count;
                            });
        }
    }
}
