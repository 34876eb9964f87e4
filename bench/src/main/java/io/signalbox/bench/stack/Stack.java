package io.signalbox.bench.stack;

import io.signalbox.bench.NotReady;
import io.signalbox.bench.faults.Command;
import io.signalbox.bench.faults.LogReader;
import io.signalbox.process.FreePort;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code compose/compose.yaml} as a Compose project of its own. {@link #extended} is for running it
 * beside whatever else the engine runs: the engine chooses the ports of the HAProxys, the sample
 * answers to a host name of this project alone, and a second file adds a fleet {@link #LATE_FLEET}
 * that does not start by itself, and the broker on loopback. Used by one thread.
 */
public final class Stack implements AutoCloseable {
    /** The fleets of the Compose file. */
    public static final List<String> FLEETS = List.of("edge", "internal");

    /** A fleet that starts when it is named. */
    public static final String LATE_FLEET = "late";

    private static final String TOPIC_PREFIX = "signalbox.";
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String ALSO =
            """
            services:
              kafka:
                ports: ["127.0.0.1:${BROKER_PORT}:9094"]
                environment:
                  KAFKA_LISTENERS: CLIENTS://:9092,HOST://:9094,CONTROLLER://:9093
                  KAFKA_ADVERTISED_LISTENERS: CLIENTS://kafka:9092,HOST://127.0.0.1:${BROKER_PORT}
                  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: CLIENTS:PLAINTEXT,HOST:PLAINTEXT,CONTROLLER:PLAINTEXT
              sample:
                image: signalbox/sample:${SAMPLE_VERSION:-1}
                labels:
                  signalbox.group: edge,internal,late
                  signalbox.host: ${SAMPLE_HOST}
              cli:
                volumes: ["${DEFINITIONS}:/definitions:ro"]
              late:
                image: signalbox/haproxy:${SIGNALBOX_VERSION:-0.1.0}
                profiles: [late]
                restart: unless-stopped
                ports: ["127.0.0.1::80"]
                environment:
                  SIGNALBOX_BOOTSTRAP_SERVERS: kafka:9092
                  SIGNALBOX_SCHEMA_REGISTRY_URL: http://schema-registry:8080/apis/ccompat/v7
                  SIGNALBOX_HOST_ID: ${SIGNALBOX_HOST_ID:-docker}
                  SIGNALBOX_GROUP: late
                networks: [log, edge]
            """;
    private static final String LATE_GROUP =
            """
            name: late
            network: edge
            entry-points:
              http: ":80"
            statistics: off
            """;

    private final String project;
    private final int brokerPort = FreePort.onLoopback();
    private final List<String> compose = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Set<String> miscounted = new TreeSet<>();

    private Stack(Path home, String project) {
        this.project = project;
        // Of docker-compose 1.29, whose own is a minute: too short for a machine with much to do.
        this.environment.put("COMPOSE_HTTP_TIMEOUT", "300");
        compose.addAll(composeCommand());
        compose.addAll(List.of("--project-name", project));
        compose.addAll(List.of("--file", home.resolve("compose/compose.yaml").toString()));
    }

    /**
     * The Compose file alone. Nothing is started yet, and what is left of an earlier one is
     * removed.
     *
     * @param home where the repository lies
     * @param project the Compose project's name
     */
    public static Stack asItIs(Path home, String project) throws IOException {
        Stack stack = new Stack(home, project);
        stack.down("--volumes");
        return stack;
    }

    /**
     * The same with the second file.
     *
     * @param directory for the second file
     */
    public static Stack extended(Path home, String project, Path directory) throws IOException {
        Stack stack = new Stack(home, project);
        stack.environment.put("BROKER_PORT", Integer.toString(stack.brokerPort));
        stack.environment.put("SAMPLE_HOST", stack.host());
        stack.environment.put("DEFINITIONS", directory.toString());
        stack.environment.put("SIGNALBOX_EDGE_PORTS", "0.0.0.0:");
        stack.environment.put("SIGNALBOX_INTERNAL_PORTS", "127.0.0.1:");
        // The definition in it is read by another user than this one.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path second = directory.resolve("also.yaml");
        Files.writeString(second, ALSO);
        Files.writeString(directory.resolve("late.yaml"), LATE_GROUP);
        stack.compose.addAll(List.of("--file", second.toString()));
        stack.down("--volumes");
        return stack;
    }

    /** What the sample answers to. */
    public String host() {
        return project + ".test";
    }

    /** All records of a topic that have a value, as a plain consumer on this machine reads them. */
    public <T> List<LogReader.Entry<T>> read(Topic topic, Function<LogCodecs, Codec<T>> codec)
            throws IOException {
        String schemas = address(containers("schema-registry").getFirst(), "log");
        SchemaRegistrySettings registry =
                SchemaRegistrySettings.of(
                        "http://%s:8080/apis/ccompat/v7".formatted(schemas), null);
        try (LogCodecs codecs = new LogCodecs(registry, TOPIC_PREFIX);
                LogReader<T> reader =
                        new LogReader<>(
                                "127.0.0.1:" + brokerPort,
                                topic.topicName(TOPIC_PREFIX),
                                topic.partitions(),
                                codec.apply(codecs))) {
            return List.copyOf(reader.read());
        }
    }

    /** Brings up everything; returns when all containers are started. */
    public void up() throws IOException {
        compose("up --detach --quiet-pull");
    }

    /** Brings one service to so many containers; what is there already is left as it is. */
    public void scale(String service, int count) throws IOException {
        scale(Map.of(service, count));
    }

    /** The same for several services at once. */
    public void scale(Map<String, Integer> counts) throws IOException {
        String scales =
                counts.entrySet().stream()
                        .map(count -> "--scale %s=%d".formatted(count.getKey(), count.getValue()))
                        .collect(Collectors.joining(" "));
        compose(
                "up --detach --no-deps --no-recreate %s %s"
                        .formatted(scales, String.join(" ", counts.keySet())));
    }

    /** Replaces all containers of the sample by as many of another version of its image. */
    public void roll(int version, int count) throws IOException {
        environment.put("SAMPLE_VERSION", Integer.toString(version));
        compose("up --detach --no-deps --scale sample=%d sample".formatted(count));
    }

    /** Starts the fleet {@link #LATE_FLEET}, whose group must be defined already. */
    public void startLateFleet() throws IOException {
        compose("up --detach --no-deps " + LATE_FLEET);
    }

    /** Defines the group of {@link #LATE_FLEET}. */
    public void defineLateFleet() throws IOException {
        cli("group apply /definitions/late.yaml");
    }

    /** Ends all containers; {@code --volumes} forgets the history too. */
    public void down(String... options) throws IOException {
        environment.put("COMPOSE_PROFILES", "late,cli");
        try {
            compose(("down --timeout 5 --remove-orphans " + String.join(" ", options)).strip());
        } catch (IOException e) {
            endDown(e, List.of(options).contains("--volumes"));
        }
        environment.remove("COMPOSE_PROFILES");
    }

    /**
     * Does what is left after an engine has refused to remove a network that no container is in.
     * Docker 20.10 loses count of a network's endpoints where many containers start at once, and
     * keeps the network until the engine is started again.
     */
    private void endDown(IOException failure, boolean volumes) throws IOException {
        if (!saysMiscounted(failure) || !listed("ps --all").isEmpty()) {
            throw failure;
        }
        for (String network : listed("network ls")) {
            try {
                docker("network rm " + network);
            } catch (IOException e) {
                if (!saysMiscounted(e)) {
                    throw e;
                }
                miscounted.add(network);
                System.err.printf(
                        "the engine keeps network %s, which has no container, until it is started"
                                + " again%n",
                        network);
            }
        }
        if (volumes) {
            for (String volume : listed("volume ls")) {
                docker("volume rm " + volume);
            }
        }
    }

    private static boolean saysMiscounted(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("has active endpoints");
    }

    /** What the engine has of this project, by a listing command's first words. */
    private List<String> listed(String command) throws IOException {
        return docker(command + " --quiet --filter label=com.docker.compose.project=" + project)
                .lines()
                .toList();
    }

    /** What the operator's command prints in the stack's network, both streams together. */
    public String cli(String words) throws IOException {
        return compose("run --rm -T cli " + words);
    }

    /** Runs a command of Compose, its words separated by blanks; what it printed. */
    public String compose(String words) throws IOException {
        List<String> command = new ArrayList<>(compose);
        command.addAll(Arrays.asList(words.split(" ", -1)));
        return Command.run(environment, command.toArray(String[]::new));
    }

    /** Runs a command of Docker, its words separated by blanks; what it printed, stripped. */
    public String docker(String words) throws IOException {
        return Command.run(environment, ("docker " + words).split(" ", -1)).strip();
    }

    /** The full ids of a service's running containers. */
    public List<String> containers(String service) throws IOException {
        return docker(
                        ("ps --quiet --no-trunc --filter label=com.docker.compose.project=%s"
                                        + " --filter label=com.docker.compose.oneoff=False"
                                        + " --filter label=com.docker.compose.service=%s")
                                .formatted(project, service))
                .lines()
                .toList();
    }

    /** Where the HAProxys of these services listen on this machine. */
    public List<InetSocketAddress> proxies(List<String> services) throws IOException {
        List<InetSocketAddress> proxies = new ArrayList<>();
        for (String service : services) {
            for (String container : containers(service)) {
                proxies.add(proxy(container));
            }
        }
        return proxies;
    }

    /** Where the HAProxy of this container listens on this machine. */
    public InetSocketAddress proxy(String container) throws IOException {
        String published =
                docker("port " + container + " 80/tcp").lines().findFirst().orElseThrow();
        int port = Integer.parseInt(published.substring(published.lastIndexOf(':') + 1));
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The address of a container in one of the stack's networks. */
    public String address(String container, String network) throws IOException {
        return inspect(
                container,
                "{{(index .NetworkSettings.Networks \"%s\").IPAddress}}"
                        .formatted(network(network)));
    }

    /** One field of a container, or several, as a template of {@code docker inspect} says. */
    public String inspect(String container, String template) throws IOException {
        return Command.run(environment, "docker", "inspect", "--format", template, container)
                .strip();
    }

    /**
     * Fields of one container of each service, running or not, as a template of {@code docker
     * inspect} says them.
     */
    public Map<String, String> inspectEach(String template) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "inspect", "--format"));
        command.add("{{index .Config.Labels \"com.docker.compose.service\"}} " + template);
        docker("ps --all --quiet --filter label=com.docker.compose.project=" + project)
                .lines()
                .forEach(command::add);
        return Command.run(environment, command.toArray(String[]::new))
                .lines()
                .map(line -> line.split(" ", 2))
                .collect(
                        Collectors.toMap(
                                words -> words[0],
                                words -> words[1],
                                (one, _) -> one,
                                TreeMap::new));
    }

    /** When a container was started. */
    public Instant startedAt(String container) throws IOException {
        return Instant.parse(inspect(container, "{{.State.StartedAt}}"));
    }

    /** The engine's name of one of the stack's networks. */
    public String network(String name) {
        return project + "_" + name;
    }

    /**
     * Each container that is not as it must be: healthy, running where it has no health check, or a
     * job that ended well.
     */
    public List<String> troubled() throws IOException {
        return docker(
                        ("ps --all --filter label=com.docker.compose.project=%s"
                                        + " --format {{.Names}}:{{.Status}}")
                                .formatted(project))
                .lines()
                .filter(line -> !line.matches(".*:(Up [^()]*(\\(healthy\\))?|Exited \\(0\\).*)"))
                .toList();
    }

    /**
     * All that the engine still has of this project: containers, networks and volumes, but for
     * networks that it said it cannot remove though nothing is in them.
     */
    public List<String> remains() throws IOException {
        List<String> remains = new ArrayList<>(listed("ps --all"));
        remains.addAll(listed("network ls"));
        remains.addAll(listed("volume ls"));
        remains.removeAll(miscounted);
        return remains;
    }

    /**
     * Waits until every container is healthy.
     *
     * @throws NotReady if one is not in time
     */
    public void awaitHealthy(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (List<String> troubled = troubled(); !troubled.isEmpty(); troubled = troubled()) {
            if (System.nanoTime() > end) {
                throw new NotReady(
                        "not healthy after %d s: %s"
                                .formatted(patience.toSeconds(), String.join(", ", troubled)),
                        "start compose/compose.yaml alone and see what these log");
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Removes everything, the history included. */
    @Override
    public void close() throws IOException {
        down("--volumes");
    }

    private static List<String> composeCommand() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "docker-compose")))
                ? List.of("docker-compose")
                : List.of("docker", "compose");
    }
}
