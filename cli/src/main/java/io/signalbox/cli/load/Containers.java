package io.signalbox.cli.load;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The containers of one demonstration or measurement, on the engine that {@code DOCKER_HOST} names.
 * All carry one label, by which they are removed again, and nothing else is. Thread-safe.
 */
public final class Containers implements AutoCloseable {

    private static final String OWNER_LABEL = "io.signalbox.run";

    private final DockerClient docker;
    private final String owner;

    private Containers(DockerClient docker, String owner) {
        this.docker = docker;
        this.owner = owner;
    }

    /**
     * Connects to the engine.
     *
     * @param owner names this run's containers; all of an earlier run of that name are removed
     */
    public static Containers open(String owner) {
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        DockerClient docker =
                DockerClientImpl.getInstance(
                        config,
                        new ZerodepDockerHttpClient.Builder()
                                .dockerHost(config.getDockerHost())
                                .sslConfig(config.getSSLConfig())
                                .maxConnections(64)
                                .build());
        Containers containers = new Containers(docker, owner);
        containers.removeAll();
        return containers;
    }

    /** Creates a container without starting it; its id. */
    public String create(
            String image, String name, Map<String, String> labels, List<String> environment) {
        Map<String, String> all = new HashMap<>(labels);
        all.put(OWNER_LABEL, owner);
        return docker.createContainerCmd(image)
                .withName(name)
                .withLabels(all)
                .withEnv(environment)
                .exec()
                .getId();
    }

    /** Starts a created container. */
    public void start(String id) {
        docker.startContainerCmd(id).exec();
    }

    /** Stops a container as {@code docker stop} does; returns when it has ended. */
    public void stop(String id) {
        try {
            docker.stopContainerCmd(id).withTimeout(10).exec();
        } catch (NotModifiedException | NotFoundException e) {
            // It has ended already.
        }
    }

    /** Removes a container, running or not. */
    public void remove(String id) {
        try {
            docker.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException e) {
            // It is gone already.
        }
    }

    /** All that a container has written to its standard output. */
    public String output(String id) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        docker.logContainerCmd(id)
                .withStdOut(true)
                .exec(
                        new ResultCallback.Adapter<Frame>() {
                            @Override
                            public void onNext(Frame frame) {
                                text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                            }
                        })
                .awaitCompletion(10, TimeUnit.SECONDS);
        return text.toString();
    }

    /** Removes every container of this run. */
    public void removeAll() {
        for (Container container :
                docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(OWNER_LABEL, owner))
                        .exec()) {
            remove(container.getId());
        }
    }

    /** Whether the engine has the image. */
    public boolean hasImage(String image) {
        try {
            docker.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Removes every container of this run and disconnects. */
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
