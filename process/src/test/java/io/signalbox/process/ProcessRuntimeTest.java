package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProcessRuntimeTest {
    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void shouldCloseBackwardsThroughWhatWasRegistered() {
        Running running =
                Running.start(
                        runtime -> {
                            runtime.closing("producer", () -> order.add("producer"));
                            runtime.run("loop", stop -> untilInterrupted("loop"));
                            runtime.closing("socket", () -> order.add("socket"));
                        });
        running.close();
        running.close();
        assertThat(order).containsExactly("socket", "loop", "producer");
        assertThat(running.failures).isEmpty();
    }

    @Test
    void shouldNotBeReadyBeforeAllOfItIsStarted() {
        try (Running running =
                Running.start(
                        runtime -> order.add("while starting: " + runtime.readiness().ready()))) {
            order.add("started: " + running.runtime.readiness().ready());
        }
        assertThat(order).containsExactly("while starting: false", "started: true");
    }

    @Test
    void shouldWakeAThreadInsteadOfInterruptingIt() {
        CountDownLatch woken = new CountDownLatch(1);
        Running running =
                Running.start(
                        runtime ->
                                runtime.run(
                                        "loop",
                                        stop -> {
                                            woken.await();
                                            order.add("stop requested: " + stop.requested());
                                        },
                                        woken::countDown));
        running.close();
        assertThat(order).containsExactly("stop requested: true");
    }

    @Test
    void shouldReportTheFirstFailureOfAThreadOnly() {
        CountDownLatch reported = new CountDownLatch(1);
        CompletableFuture<Thread> second = new CompletableFuture<>();
        try (Running running =
                Running.start(
                        runtime -> {
                            runtime.run(
                                    "first",
                                    stop -> {
                                        throw new IllegalStateException("a bug");
                                    });
                            second.complete(
                                    runtime.run(
                                            "second",
                                            stop -> {
                                                reported.await();
                                                throw new StartFailure("too late");
                                            }));
                        })) {
            await().until(() -> !running.failures.isEmpty());
            reported.countDown();
            await().until(() -> !second.join().isAlive());
            assertThat(running.failures).hasSize(1);
            assertThat(running.failures.element()).hasMessage("a bug");
        }
    }

    @Test
    void shouldTakeAThreadThatEndsByItselfForABug() {
        try (Running running = Running.start(runtime -> runtime.run("loop", stop -> {}))) {
            await().until(() -> !running.failures.isEmpty());
            assertThat(running.failures.element()).hasMessage("thread loop ended by itself");
        }
    }

    @Test
    void shouldNameThreadsAfterProcessAndRole() {
        AtomicReference<String> name = new AtomicReference<>();
        try (Running running =
                Running.start(
                        runtime ->
                                runtime.run(
                                        "loop",
                                        stop -> {
                                            name.set(Thread.currentThread().getName());
                                            untilInterrupted("loop");
                                        }))) {
            await().until(() -> name.get() != null);
            assertThat(name.get()).isEqualTo("tested-loop");
            assertThat(running.failures).isEmpty();
        }
    }

    @Test
    void shouldCloseWhatWasMadeWhenTheStartFails() {
        assertThatThrownBy(
                        () ->
                                Running.start(
                                        runtime -> {
                                            runtime.closing("socket", () -> order.add("socket"));
                                            throw new StartFailure("no such binary");
                                        }))
                .isInstanceOf(StartFailure.class)
                .hasMessage("no such binary");
        assertThat(order).containsExactly("socket");
    }

    @Test
    void shouldGoOnClosingAfterAFailure() {
        Running running =
                Running.start(
                        runtime -> {
                            runtime.closing("producer", () -> order.add("producer"));
                            runtime.closing(
                                    "socket",
                                    () -> {
                                        throw new IllegalStateException("broken");
                                    });
                        });
        try (Logged logged = new Logged(ProcessRuntime.class)) {
            running.close();
            assertThat(logged.messages()).containsExactly("failed to close", "stopped");
        }
        assertThat(order).containsExactly("producer");
    }

    @Test
    void shouldRunSeveralProcessesInOneJvm() throws Exception {
        try (Running one = Running.start(runtime -> runtime.readiness().condition("a").holds());
                Running two = Running.start(runtime -> runtime.readiness().condition("b"))) {
            assertThat(one.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(two.get("/health/ready").statusCode()).isEqualTo(503);
        }
    }

    private void untilInterrupted(String name) throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } finally {
            order.add(name);
        }
    }
}
