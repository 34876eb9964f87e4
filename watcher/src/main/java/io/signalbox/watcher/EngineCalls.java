package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.vertx.core.json.DecodeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to the engine over docker-java's transport, each under a deadline of its own, on
 * connections that are kept. The transport's own time-outs do nothing on unix sockets; so a call
 * that misses its deadline is answered as failed, and its lane, with all connections and threads in
 * it, is given up for a new one. Other calls of that lane are repeated once. Safe for all threads.
 *
 * <p>Answers are read to their end, which is what lets the transport keep the connection.
 */
final class EngineCalls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineCalls.class);
    private static final int MOST_CAUSES = 20;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final EngineAddress address;
    private final Optional<SSLContext> tls;
    private final int most;
    private final Duration deadline;
    private final ScheduledExecutorService watchdog;
    private volatile Lane lane;
    private volatile boolean closed;

    /**
     * Calls to that engine.
     *
     * @param most how many are under way at once; more wait in their order
     */
    EngineCalls(EngineAddress address, Optional<SSLContext> tls, int most, Duration deadline) {
        this.address = address;
        this.tls = tls;
        this.most = most;
        this.deadline = deadline;
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, named("watcher-deadlines"));
        executor.setRemoveOnCancelPolicy(true);
        this.watchdog = executor;
        this.lane = new Lane();
    }

    /** Has docker-java's transport loaded, TLS included, which takes 0.1 s the first time. */
    static void load(EngineAddress address) {
        closeQuietly(
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(address.uri())
                        .sslConfig(EngineTls::unused)
                        .build());
    }

    /** What became of a call. */
    sealed interface Answer<T> {
        /** What was read of the engine's answer. */
        record Body<T>(T value) implements Answer<T> {}

        /** The engine does not know the thing. */
        record NotFound<T>() implements Answer<T> {}

        /** An answer that cannot be used, today or tomorrow, and why. */
        record Unusable<T>(String reason) implements Answer<T> {}

        /** No answer, and why. */
        record Failed<T>(String reason) implements Answer<T> {}
    }

    /** Reads an answer's body; what it leaves is passed over. */
    @FunctionalInterface
    interface BodyReader<T> {
        /** Reads it; a {@link DecodeException} means that it cannot be used. */
        T read(InputStream body) throws IOException;
    }

    /** Reads a body as text of at most so many bytes. */
    static BodyReader<String> text(int mostBytes) {
        return body -> {
            byte[] bytes = body.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new DecodeException("an answer longer than " + mostBytes + " bytes");
            }
            return new String(bytes, UTF_8);
        };
    }

    /** Calls, and hands exactly one answer over, on a thread of this class. */
    <T> void get(String path, BodyReader<T> reader, Consumer<Answer<T>> answer) {
        new Call<>(path, reader, answer, true).start(lane);
    }

    /** Calls, and waits for the answer; not from within another answer of this class. */
    <T> Answer<T> await(String path, BodyReader<T> reader) {
        CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
        get(path, reader, answer::complete);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>("interrupted");
        } catch (ExecutionException e) {
            return new Answer.Failed<>(reason(e));
        }
    }

    /**
     * Opens an answer that does not end, on the calling thread; nothing ends it but its own end and
     * the closing of the client.
     */
    DockerHttpClient client() {
        ZerodepDockerHttpClient.Builder builder =
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(address.uri())
                        .maxConnections(most + 1)
                        .connectionTimeout(deadline);
        tls.ifPresent(context -> builder.sslConfig(sslConfig(context)));
        return builder.build();
    }

    private static SSLConfig sslConfig(SSLContext context) {
        return () -> context;
    }

    /** Runs something at the deadline unless the result is cancelled. */
    ScheduledFuture<?> atDeadline(Runnable action) {
        return watchdog.schedule(action, deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed = true;
        watchdog.shutdownNow();
        lane.close();
    }

    /**
     * Gives up the connections there are: an engine that went away has closed them all, and a call
     * finds that out of one at a time.
     */
    void renew() {
        giveUp(lane);
    }

    private synchronized void giveUp(Lane stuck) {
        if (lane == stuck && !closed) {
            lane = new Lane();
        }
        stuck.close();
    }

    static ThreadFactory named(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    static void closeQuietly(@Nullable AutoCloseable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (Exception e) {
            log.atDebug().setCause(e).log("closing a connection to the engine");
        }
    }

    /** The last reason in a chain of exceptions, in one line. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < MOST_CAUSES; depth++) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** Connections and threads that share a fate. */
    private final class Lane {
        private final DockerHttpClient client = client();
        private final Semaphore room = new Semaphore(most, true);
        private final ExecutorService executor =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("watcher-engine").factory());

        /** Has a call run in its turn; one that waits when the lane is given up runs elsewhere. */
        void execute(Call<?> call) {
            executor.execute(
                    () -> {
                        try {
                            room.acquire();
                        } catch (InterruptedException e) {
                            call.startElsewhere();
                            return;
                        }
                        try {
                            call.run(this);
                        } finally {
                            room.release();
                        }
                    });
        }

        void close() {
            executor.shutdownNow();
            closeQuietly(client);
        }
    }

    /** One call; answered once, by whoever is first. */
    private final class Call<T> {
        private final String path;
        private final BodyReader<T> reader;
        private final Consumer<Answer<T>> answer;
        private final boolean mayRepeat;
        private final AtomicBoolean answered;

        Call(String path, BodyReader<T> reader, Consumer<Answer<T>> answer, boolean mayRepeat) {
            this(path, reader, answer, mayRepeat, new AtomicBoolean());
        }

        private Call(
                String path,
                BodyReader<T> reader,
                Consumer<Answer<T>> answer,
                boolean mayRepeat,
                AtomicBoolean answered) {
            this.path = path;
            this.reader = reader;
            this.answer = answer;
            this.mayRepeat = mayRepeat;
            this.answered = answered;
        }

        void start(Lane in) {
            try {
                in.execute(this);
            } catch (RejectedExecutionException e) {
                startElsewhere();
            }
        }

        /** Its lane was given up before it began there. */
        void startElsewhere() {
            if (closed) {
                finish(new Answer.Failed<>("closed"));
            } else {
                start(lane);
            }
        }

        private void run(Lane in) {
            ScheduledFuture<?> watch;
            try {
                watch = atDeadline(() -> missed(in));
            } catch (RejectedExecutionException e) {
                finish(new Answer.Failed<>("closed"));
                return;
            }
            try {
                Answer<T> result = ask(in.client);
                watch.cancel(false);
                finish(result);
            } catch (DecodeException e) {
                watch.cancel(false);
                finish(new Answer.Unusable<>(String.valueOf(e.getMessage())));
            } catch (IOException | RuntimeException e) {
                watch.cancel(false);
                repeatOrFail(reason(e));
            }
        }

        private Answer<T> ask(DockerHttpClient client) throws IOException {
            DockerHttpClient.Request request =
                    DockerHttpClient.Request.builder()
                            .method(DockerHttpClient.Request.Method.GET)
                            .path(path)
                            .build();
            try (DockerHttpClient.Response response = client.execute(request);
                    InputStream body = response.getBody()) {
                Answer<T> result =
                        switch (response.getStatusCode()) {
                            case OK -> new Answer.Body<>(reader.read(body));
                            case NOT_FOUND -> new Answer.NotFound<>();
                            default ->
                                    new Answer.Failed<>(
                                            "the engine answers " + response.getStatusCode());
                        };
                // Only a body that was read to its end leaves the connection to the next call.
                body.transferTo(OutputStream.nullOutputStream());
                return result;
            }
        }

        private void missed(Lane in) {
            finish(new Answer.Failed<>("no answer within " + deadline.toMillis() + " ms"));
            giveUp(in);
        }

        private void repeatOrFail(String reason) {
            if (mayRepeat && !closed && !answered.get()) {
                new Call<>(path, reader, answer, false, answered).start(lane);
            } else {
                finish(new Answer.Failed<>(reason));
            }
        }

        private void finish(Answer<T> result) {
            if (answered.compareAndSet(false, true)) {
                answer.accept(result);
            }
        }
    }
}
