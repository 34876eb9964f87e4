package io.signalbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The real engine, for one test's containers and networks: their names begin alike, and by that
 * they are removed again.
 */
final class Engine implements AutoCloseable {
    static final String IMAGE = "signalbox/sample:1";

    /** What asks the sample application itself, without a shell. */
    static final HealthCheck HEALTH_CHECK =
            new HealthCheck()
                    .withTest(List.of("CMD", "/sample", "health"))
                    .withInterval(Duration.ofSeconds(1).toNanos())
                    .withTimeout(Duration.ofSeconds(1).toNanos())
                    .withRetries(1);

    private final DockerClient docker;
    private final String prefix;

    Engine(String prefix) {
        this.prefix = prefix;
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        this.docker =
                DockerClientImpl.getInstance(
                        config,
                        new ZerodepDockerHttpClient.Builder()
                                .dockerHost(config.getDockerHost())
                                .sslConfig(config.getSSLConfig())
                                .build());
        removeAll();
    }

    DockerClient docker() {
        return docker;
    }

    /** The full name of this test's container or network of that name. */
    String name(String name) {
        return prefix + name;
    }

    /** Runs the sample application with these labels; the container's id. */
    String run(String name, Map<String, String> labels) {
        return run(name, labels, _ -> {});
    }

    /** Runs the sample application, made as told. */
    String run(String name, Map<String, String> labels, Consumer<CreateContainerCmd> made) {
        CreateContainerCmd command =
                docker.createContainerCmd(IMAGE)
                        .withName(name(name))
                        .withLabels(labels)
                        .withHostConfig(HostConfig.newHostConfig());
        made.accept(command);
        String id = command.exec().getId();
        docker.startContainerCmd(id).exec();
        return id;
    }

    void remove(String container) {
        try {
            docker.removeContainerCmd(container).withForce(true).exec();
        } catch (NotFoundException e) {
            // It is gone already.
        }
    }

    /** Makes a bridge network. */
    String network(String name) {
        return docker.createNetworkCmd().withName(name(name)).exec().getId();
    }

    void connect(String container, String network) {
        docker.connectToNetworkCmd().withContainerId(container).withNetworkId(network).exec();
    }

    void disconnect(String container, String network) {
        docker.disconnectFromNetworkCmd().withContainerId(container).withNetworkId(network).exec();
    }

    /** By the command line: the library cannot read lists with very long labels. */
    private void removeAll() {
        removeEach("rm --force", "ps --all --quiet --filter name=^/" + prefix);
        removeEach("network rm", "network ls --quiet --filter name=^" + prefix);
    }

    private static void removeEach(String remove, String list) {
        try {
            for (String id : docker(list).lines().toList()) {
                docker(remove + " " + id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String docker(String words) throws IOException, InterruptedException {
        return Shell.outputOf(("docker " + words).split(" "));
    }

    @Override
    public void close() {
        removeAll();
        try {
            docker.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
