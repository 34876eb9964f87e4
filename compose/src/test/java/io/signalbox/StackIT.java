package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.bench.faults.LogReader;
import io.signalbox.bench.stack.Stack;
import io.signalbox.bench.stack.StackLoad;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Compose file itself on the real engine, brought up once: each test finds one container of the
 * sample and leaves one. It is run by the command that users run, because it lives through what
 * Testcontainers' Compose containers do not do: it is scaled, rolled, taken down and brought up
 * again under one project's name.
 */
@Timeout(240)
@Tag("stack")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StackIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int REQUESTS_PER_SECOND = 50;

    private static Path directory;
    private static Stack stack;

    @BeforeAll
    static void bringUp() throws Exception {
        directory = Files.createTempDirectory("signalbox-stack");
        stack = Stack.extended(Shell.REPOSITORY, "signalbox-stack-it", directory);
        long begin = System.nanoTime();
        stack.up();
        awaitServed(stack.proxies(Stack.FLEETS), stack.containers("sample"));
        say("the sample answers through both fleets", begin);
        stack.awaitHealthy(PATIENCE);
        say("all are healthy", begin);
        stack.defineLateFleet();
    }

    @AfterAll
    static void takeDown() throws Exception {
        stack.close();
        Shell.outputOf("rm", "-rf", directory.toString());
    }

    @Test
    void shouldServeTheSampleThroughEachProxyOfBothFleets() throws Exception {
        assertThat(stack.containers("edge")).hasSize(2);
        assertThat(stack.containers("internal")).hasSize(1);
        awaitServed(stack.proxies(Stack.FLEETS), stack.containers("sample"));
        stack.awaitHealthy(PATIENCE);
    }

    @Test
    void shouldServeAllOfTwentyThroughEachProxyAndFailNoRequest() throws Exception {
        try (StackLoad load = load(stack.proxies(Stack.FLEETS))) {
            stack.scale("sample", 20);
            awaitServed(load, stack.containers("sample"));
            stack.scale("sample", 1);
            awaitServedByThese(load, stack.containers("sample"));
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    @Tag("long")
    void shouldReplaceAllContainersByAnotherVersionAndFailNoRequest() throws Exception {
        stack.scale("sample", 3);
        try (StackLoad load = load(stack.proxies(Stack.FLEETS))) {
            awaitServed(load, stack.containers("sample"));
            stack.roll(2, 3);
            List<String> news = stack.containers("sample");
            assertThat(stack.inspect(news.getFirst(), "{{.Config.Image}}")).endsWith(":2");
            awaitServed(load, news);
            awaitServedByThese(load, news);
            assertThat(load.failures()).isEmpty();
        }
        stack.scale("sample", 1);
    }

    @Test
    @Tag("long")
    void shouldServeThroughANewFleetFromTheCompactedTopicAlone() throws Exception {
        stack.compose("stop watcher registry renderer");
        stack.startLateFleet();

        awaitServed(stack.proxies(List.of(Stack.LATE_FLEET)), stack.containers("sample"));

        stack.compose("start watcher registry renderer");
        awaitNewContainer(stack.proxies(List.of(Stack.LATE_FLEET)));
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(strings = {"watcher", "registry", "renderer", "kafka", "schema-registry"})
    void shouldFailNoRequestAndServeTheNextContainerAfterAKill(String service) throws Exception {
        List<InetSocketAddress> proxies = stack.proxies(Stack.FLEETS);
        try (StackLoad load = load(proxies)) {
            kill(stack.containers(service).getFirst());
            awaitNewContainer(proxies);
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    @Tag("long")
    void shouldServeTheNextContainerAfterAProxyWasKilledWithItsApplier() throws Exception {
        kill(stack.containers("edge").getFirst());
        awaitNewContainer(stack.proxies(Stack.FLEETS));
    }

    @Test
    @Tag("long")
    void shouldServeTheNextContainerAfterHaproxyWasKilledUnderItsApplier() throws Exception {
        String container = stack.containers("internal").getFirst();
        InetSocketAddress proxy = stack.proxy(container);
        ProcessHandle haproxy = process(container).children().findFirst().orElseThrow();

        haproxy.destroyForcibly();

        awaitNewContainer(List.of(proxy));
        assertThat(stack.inspect(container, "{{.RestartCount}}")).isEqualTo("0");
    }

    @Test
    @Tag("long")
    void shouldScaleEachProcess() throws Exception {
        Map<String, Integer> as = Map.of("registry", 2, "renderer", 2, "edge", 2, "internal", 1);
        Map<String, Integer> wanted =
                Map.of("registry", 3, "renderer", 3, "edge", 3, "internal", 2);
        stack.scale(wanted);
        stack.scale(Map.of("watcher", 2, "socket-proxy", 2));
        stack.awaitHealthy(PATIENCE);
        List<InetSocketAddress> proxies = stack.proxies(Stack.FLEETS);
        assertThat(proxies).hasSize(5);
        awaitNewContainer(proxies);

        stack.scale(as);
        stack.scale(Map.of("watcher", 1, "socket-proxy", 1));

        awaitNewContainer(stack.proxies(Stack.FLEETS));
    }

    @Test
    @Tag("long")
    void shouldKeepTheHistoryWhenTakenDownAndBroughtUpAgain() throws Exception {
        List<LogReader.Entry<Event>> before = facts();

        stack.down();
        stack.up();

        awaitNewContainer(stack.proxies(Stack.FLEETS));
        assertThat(facts()).containsAll(before).hasSizeGreaterThan(before.size());
        assertThat(stack.cli("replay --check")).contains("no difference: ");
        assertThat(stack.cli("why " + stack.host() + "/")).contains("signalbox-stack-it.sample");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void shouldLeaveNothingBehindWhenTakenDownWithItsVolumes() throws Exception {
        assertThat(stack.remains()).isNotEmpty();

        stack.down("--volumes");

        assertThat(stack.remains()).isEmpty();
    }

    /** Ends a container's first process, as a crash would; its restart policy starts it again. */
    private static void kill(String container) throws IOException {
        String before = stack.inspect(container, "{{.RestartCount}}");
        process(container).destroyForcibly();
        await("a restart of " + container)
                .atMost(PATIENCE)
                .until(
                        () ->
                                !stack.inspect(container, "{{.RestartCount}} {{.State.Running}}")
                                                .startsWith(before + " ")
                                        && stack.inspect(container, "{{.State.Running}}")
                                                .equals("true"));
    }

    private static ProcessHandle process(String container) throws IOException {
        long pid = Long.parseLong(stack.inspect(container, "{{.State.Pid}}"));
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Starts a container more, waits until each proxy sends it requests, and stops it again. */
    private static void awaitNewContainer(List<InetSocketAddress> proxies) throws IOException {
        stack.scale("sample", 2);
        awaitServed(proxies, stack.containers("sample"));
        stack.scale("sample", 1);
    }

    private static void awaitServed(
            Collection<InetSocketAddress> proxies, List<String> containers) {
        try (StackLoad load = load(proxies)) {
            awaitServed(load, containers);
        }
    }

    private static void awaitServed(StackLoad load, List<String> containers) {
        await(containers.size() + " containers served by each HAProxy")
                .atMost(PATIENCE)
                .until(() -> load.servedByAll(containers));
    }

    private static void awaitServedByThese(StackLoad load, List<String> containers) {
        load.forgetServers();
        awaitServed(load, containers);
        assertThat(load.servedByNoOther(containers)).isTrue();
    }

    private static StackLoad load(Collection<InetSocketAddress> proxies) {
        return StackLoad.start(proxies, stack.host(), REQUESTS_PER_SECOND);
    }

    private static List<LogReader.Entry<Event>> facts() throws IOException {
        return stack.read(Topic.CONTAINER_EVENTS, LogCodecs::events);
    }

    private static void say(String what, long since) {
        System.out.printf(
                "stack: %s %.1f s after `up` began%n", what, (System.nanoTime() - since) / 1e9);
    }
}
