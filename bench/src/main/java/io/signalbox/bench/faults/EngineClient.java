package io.signalbox.bench.faults;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The containers of the suite's engine: what the injector does to them, and what the judge takes
 * for the truth. All are on one network, and named {@code signalbox-faults-…}. Thread-safe.
 */
final class EngineClient implements AutoCloseable {
    /** The sample application. */
    static final String IMAGE = "signalbox/sample:1";

    /** The same, in another image. */
    static final String NEXT_IMAGE = "signalbox/sample:2";

    private static final String PREFIX = "signalbox-faults-";
    private static final String NETWORK = "signalbox-faults";

    private final DockerClientConfig config;
    private volatile DockerClient docker;
    private final AtomicInteger made = new AtomicInteger();

    EngineClient(Path socket) {
        config =
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost("unix://" + socket)
                        .withDockerTlsVerify(false)
                        .build();
        docker = client();
    }

    /** Begins anew, without connections to an engine that was. */
    void connect() {
        close();
        docker = client();
    }

    private DockerClient client() {
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .maxConnections(64)
                        .build());
    }

    /**
     * What a container is to be.
     *
     * @param service the service it belongs to
     * @param labels besides service and host
     * @param environment settings of the sample application
     * @param restart whether the engine starts it again whenever it ends
     */
    record Wish(
            String service, Map<String, String> labels, List<String> environment, boolean restart) {
        Wish {
            labels = Map.copyOf(labels);
            environment = List.copyOf(environment);
        }

        static Wish of(String service) {
            return new Wish(service, Map.of(), List.of(), false);
        }

        static Wish of(String service, String... environment) {
            return new Wish(service, Map.of(), List.of(environment), false);
        }
    }

    /**
     * A container as the engine has it.
     *
     * @param addresses those that it can be reached at, empty unless it runs
     */
    record Found(String id, String service, boolean running, Set<String> addresses) {
        Found {
            addresses = Set.copyOf(addresses);
        }

        /** How the sample application calls itself. */
        String shortId() {
            return id.substring(0, 12);
        }
    }

    boolean answers() {
        try {
            docker.pingCmd().exec();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Whether the engine lets its containers run on while it is away. */
    boolean restoresLive() {
        return Boolean.TRUE.equals(
                docker.infoCmd().exec().getRawValues().get("LiveRestoreEnabled"));
    }

    /** Makes the network that all containers are on. */
    void makeNetwork() {
        docker.createNetworkCmd()
                .withName(NETWORK)
                .withDriver("bridge")
                .withIpam(
                        new Network.Ipam()
                                .withConfig(new Network.Ipam.Config().withSubnet(freeSubnet())))
                .exec();
    }

    /** One that no interface of this machine is in; another engine may take any of the usual. */
    private static String freeSubnet() {
        Set<String> taken =
                networkAddresses()
                        .map(address -> address.replaceFirst("\\d+$", ""))
                        .collect(Collectors.toSet());
        return IntStream.range(0, 256)
                .mapToObj(third -> "10.213." + third + ".")
                .filter(prefix -> !taken.contains(prefix))
                .findFirst()
                .map(prefix -> prefix + "0/24")
                .orElseThrow();
    }

    private static Stream<String> networkAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a container; its id. */
    String run(Wish wish) {
        String id = create(wish);
        start(id);
        return id;
    }

    String create(Wish wish) {
        return create(wish, IMAGE);
    }

    String create(Wish wish, String image) {
        Map<String, String> labels = new HashMap<>(wish.labels());
        labels.put("signalbox.service", wish.service());
        labels.put("signalbox.host", hostOf(wish.service()));
        return docker.createContainerCmd(image)
                .withName(PREFIX + wish.service() + "-" + made.incrementAndGet())
                .withLabels(labels)
                .withEnv(wish.environment())
                .withHostConfig(
                        HostConfig.newHostConfig()
                                .withNetworkMode(NETWORK)
                                .withRestartPolicy(
                                        wish.restart()
                                                ? RestartPolicy.alwaysRestart()
                                                : RestartPolicy.noRestart()))
                .exec()
                .getId();
    }

    /** The host name under which a service of the suite is asked for. */
    static String hostOf(String service) {
        return service + ".faults.test";
    }

    void start(String id) {
        docker.startContainerCmd(id).exec();
    }

    /** {@code docker stop}: the stop signal, and after so many seconds the end. */
    void stop(String id, int seconds) {
        try {
            docker.stopContainerCmd(id).withTimeout(seconds).exec();
        } catch (NotModifiedException | NotFoundException e) {
            // It has ended already.
        }
    }

    void restart(String id, int seconds) {
        docker.restartContainerCmd(id).withTimeout(seconds).exec();
    }

    void kill(String id, String signal) {
        docker.killContainerCmd(id).withSignal(signal).exec();
    }

    /**
     * Gives a container another name, which no other one has; the suite's prefix comes before it.
     */
    void rename(String id, String name) {
        docker.renameContainerCmd(id).withName(PREFIX + name).exec();
    }

    /** {@code docker rm --force}. */
    void remove(String id) {
        try {
            docker.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException e) {
            // It is gone already.
        }
    }

    void disconnect(String id) {
        docker.disconnectFromNetworkCmd()
                .withContainerId(id)
                .withNetworkId(NETWORK)
                .withForce(true)
                .exec();
    }

    void connect(String id) {
        docker.connectToNetworkCmd().withContainerId(id).withNetworkId(NETWORK).exec();
    }

    /** The process of a running container. */
    long pid(String id) {
        Long pid = docker.inspectContainerCmd(id).exec().getState().getPidLong();
        return Objects.requireNonNull(pid, "a running container has a process");
    }

    /** All that a container has written to its standard output. */
    String output(String id) throws InterruptedException {
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
                .awaitCompletion(20, TimeUnit.SECONDS);
        return text.toString();
    }

    /** All containers, by the engine's list. */
    List<Found> list() {
        return docker.listContainersCmd().withShowAll(true).exec().stream()
                .map(EngineClient::found)
                .toList();
    }

    /** All containers, each inspected. */
    List<Found> inspectAll() {
        return docker.listContainersCmd().withShowAll(true).exec().stream()
                .map(Container::getId)
                .map(id -> found(docker.inspectContainerCmd(id).exec()))
                .toList();
    }

    /** Removes all containers and the network. */
    void removeEverything() {
        removeContainers();
        try {
            docker.removeNetworkCmd(NETWORK).exec();
        } catch (DockerException e) {
            // It was never made.
        }
    }

    void removeContainers() {
        list().parallelStream().forEach(container -> remove(container.id()));
    }

    @Override
    public void close() {
        try {
            docker.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Found found(Container container) {
        boolean running = "running".equals(container.getState());
        Map<String, ContainerNetwork> networks =
                container.getNetworkSettings() == null
                        ? Map.of()
                        : container.getNetworkSettings().getNetworks();
        return new Found(
                container.getId(),
                container.getLabels().getOrDefault("signalbox.service", ""),
                running,
                running ? addresses(networks) : Set.of());
    }

    private static Found found(InspectContainerResponse container) {
        InspectContainerResponse.ContainerState state = container.getState();
        boolean running =
                Boolean.TRUE.equals(state.getRunning())
                        && !Boolean.TRUE.equals(state.getRestarting())
                        && !Boolean.TRUE.equals(state.getPaused());
        Map<String, String> labels =
                Objects.requireNonNullElse(container.getConfig().getLabels(), Map.of());
        return new Found(
                container.getId(),
                labels.getOrDefault("signalbox.service", ""),
                running,
                running ? addresses(container.getNetworkSettings().getNetworks()) : Set.of());
    }

    private static Set<String> addresses(Map<String, ContainerNetwork> networks) {
        return networks.values().stream()
                .map(ContainerNetwork::getIpAddress)
                .filter(address -> address != null && !address.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
