package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.transport.DockerHttpClient;
import io.signalbox.process.Backoff;
import io.signalbox.process.Outage;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.watcher.EngineCalls.Answer;
import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.Input;
import io.signalbox.watcher.core.Inspection;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The Docker engine as a source, through docker-java's transport. The event stream has a connection
 * and a thread of its own, which only reads and hands over; everything else goes through {@link
 * EngineCalls}. An engine that is not there is awaited with back-off; one that may not be used is a
 * {@link StartFailure}.
 */
final class DockerSource implements Source {
    private static final Duration LOOK_BACK = Duration.ofSeconds(2);
    private static final Duration SOCKET_LOOK = Duration.ofMillis(50);

    /**
     * The engine answers about a container that it is starting only when that is done, which takes
     * seconds when many start at once: those that are ready must not wait behind the others.
     */
    private static final int MOST_CALLS = 64;

    private static final int OK = 200;

    /** What the engine may say of one thing; a container can make this as long as it likes. */
    static final EngineCalls.BodyReader<String> TEXT = EngineCalls.text(4 * 1024 * 1024);

    private final Settings settings;
    private final EngineCalls calls;
    private final EngineCalls aside;
    private final EngineNetworks networks;
    private final ContainerReader reader;
    private final GatewayBridge gateway;
    private final Inbox inbox;
    private final Outage away;
    private final Consumer<StartFailure> fatal;
    private final Consumer<String> services;
    private volatile @Nullable Subscription subscription;
    private volatile String api = "/v" + EngineVersion.OLDEST;

    /**
     * What a source is made of.
     *
     * @param advertised the address under which other hosts reach ports published here
     * @param bootId the kernel's boot id; empty where it cannot be read
     */
    record Settings(
            EngineAddress address,
            Duration deadline,
            String advertised,
            String bootId,
            AllowList labels,
            AllowList environment) {}

    /**
     * A source that is not subscribed to anything yet.
     *
     * @param fatal told if the engine may not be used at all
     * @param services takes the id of each Swarm service to which something happened, and {@link
     *     SwarmServices#ALL} after a time in which nothing was heard
     */
    DockerSource(
            Settings settings,
            Inbox inbox,
            Outage away,
            Consumer<StartFailure> fatal,
            Consumer<String> services) {
        this.settings = settings;
        this.inbox = inbox;
        this.away = away;
        this.fatal = fatal;
        this.services = services;
        Optional<SSLContext> tls = EngineTls.of(settings.address());
        this.calls = new EngineCalls(settings.address(), tls, MOST_CALLS, settings.deadline());
        this.aside = new EngineCalls(settings.address(), tls, 1, settings.deadline());
        this.networks = new EngineNetworks(aside, () -> api);
        this.reader =
                new ContainerReader(settings.labels(), settings.environment(), networks::isShared);
        this.gateway = new GatewayBridge(aside);
    }

    @Override
    public void openStream(long stream) {
        Subscription opened = new Subscription(stream);
        subscription = opened;
        Thread.ofPlatform().daemon().name("watcher-events").start(opened);
    }

    @Override
    public void closeStream(long stream) {
        Subscription open = subscription;
        if (open != null && open.stream == stream) {
            open.end();
        }
    }

    @Override
    public void inspect(String container) {
        calls.get(
                api + "/containers/" + container + "/json",
                TEXT,
                answer -> inbox.put(new Input.Inspected(container, inspection(answer))));
    }

    /**
     * What the engine is known by. Podman makes up another id for each question: it is known by its
     * storage and the boot of its machine.
     *
     * @param info what the engine says of itself
     */
    static String engineId(JsonObject info, String bootId) {
        return info.containsKey("BuildahVersion")
                ? "podman at %s, boot %s".formatted(info.getString("DockerRootDir", ""), bootId)
                : info.getString("ID", "");
    }

    private Inspection inspection(Answer<String> answer) {
        return switch (answer) {
            case Answer.Body<String>(String json) -> {
                try {
                    JsonObject read = EngineJson.object(json);
                    yield gateway.complete(reader.read(read), read, api);
                } catch (EngineNetworks.Untold e) {
                    yield new Inspection.Failed(String.valueOf(e.getMessage()));
                } catch (RuntimeException e) {
                    // Its message may quote the container's own words: only the kind is shown.
                    yield new Inspection.Unreadable(
                            "an inspection that cannot be read: " + e.getClass().getSimpleName());
                }
            }
            case Answer.NotFound<String>() -> new Inspection.Missing();
            case Answer.Unusable<String>(String reason) -> new Inspection.Unreadable(reason);
            case Answer.Failed<String>(String reason) -> new Inspection.Failed(reason);
        };
    }

    @Override
    public void list(long call) {
        calls.get(
                api + "/containers/json?all=1",
                EngineJson::ids,
                answer -> {
                    Input input = listed(call, answer);
                    if (input instanceof Input.ListFailed(_, String reason)) {
                        away(reason);
                    } else {
                        back();
                    }
                    inbox.put(input);
                });
    }

    private static Input listed(long call, Answer<List<String>> answer) {
        return switch (answer) {
            case Answer.Body<List<String>>(List<String> ids) -> new Input.Listed(call, ids);
            case Answer.NotFound<List<String>>() -> new Input.ListFailed(call, "no list");
            case Answer.Unusable<List<String>>(String reason) -> new Input.ListFailed(call, reason);
            case Answer.Failed<List<String>>(String reason) -> new Input.ListFailed(call, reason);
        };
    }

    private void away(String reason) {
        synchronized (away) {
            away.away("engine at " + settings.address() + ": " + reason);
        }
    }

    private void back() {
        synchronized (away) {
            away.back();
        }
    }

    /**
     * The body of a call, waited for; on a lane of its own, so that inspections may wait for it.
     */
    private String await(String path) throws EngineAway {
        return switch (aside.await(path, TEXT)) {
            case Answer.Body<String>(String json) -> json;
            case Answer.NotFound<String>() ->
                    throw new EngineAway("the engine does not know " + path);
            case Answer.Unusable<String>(String reason) -> throw new EngineAway(reason);
            case Answer.Failed<String>(String reason) -> throw new EngineAway(reason);
        };
    }

    @Override
    public void close() {
        Subscription open = subscription;
        if (open != null) {
            open.end();
        }
        calls.close();
        aside.close();
    }

    /** The engine cannot be used at the moment, and why. */
    private static final class EngineAway extends Exception {
        EngineAway(String reason) {
            super(reason);
        }
    }

    /** One subscription, on a thread of its own: tries until it is open, then reads to its end. */
    private final class Subscription implements Runnable {
        private final long stream;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable DockerHttpClient client;
        private volatile @Nullable Thread thread;

        Subscription(long stream) {
            this.stream = stream;
        }

        void end() {
            if (!ended.getAndSet(true)) {
                EngineCalls.closeQuietly(client);
                Thread waiting = thread;
                if (waiting != null) {
                    waiting.interrupt();
                }
            }
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            Backoff backoff = Backoff.random();
            while (!ended.get()) {
                Optional<String> socket = settings.address().socket();
                try {
                    settings.address().checkPermission();
                    subscribe();
                    return;
                } catch (StartFailure e) {
                    fatal.accept(e);
                    return;
                } catch (EngineAway e) {
                    tryAgain(String.valueOf(e.getMessage()), backoff, socket);
                } catch (RuntimeException e) {
                    // Its message may quote what containers say: only the kind is shown.
                    String kind = e.getClass().getSimpleName();
                    tryAgain("an answer that cannot be read: " + kind, backoff, socket);
                }
            }
        }

        private void tryAgain(String why, Backoff backoff, Optional<String> socket) {
            if (!ended.get()) {
                away(why);
                pause(backoff.next(), socket);
            }
        }

        /**
         * Waits, but not longer than until a local engine has made its socket anew, which it does
         * shortly before it answers.
         */
        private void pause(Duration wait, Optional<String> socket) {
            long end = System.nanoTime() + wait.toNanos();
            try {
                while (System.nanoTime() < end && settings.address().socket().equals(socket)) {
                    Thread.sleep(SOCKET_LOOK);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended.set(true);
            }
        }

        private void subscribe() throws EngineAway {
            api = "/v" + EngineVersion.negotiate(json("/version"));
            JsonObject info = json(api + "/info");
            networks.learnIfTold();
            HostIdentity identity =
                    new HostIdentity(
                            engineId(info, settings.bootId()),
                            settings.bootId(),
                            settings.advertised(),
                            info.getString("ServerVersion", ""));
            Instant now = ContainerReader.time(info.getString("SystemTime"));
            follow(identity, request((now == null ? Instant.now() : now).minus(LOOK_BACK)));
        }

        private JsonObject json(String path) throws EngineAway {
            try {
                return EngineJson.object(await(path));
            } catch (DecodeException e) {
                throw new EngineAway("no Docker engine answers " + path);
            }
        }

        private void follow(HostIdentity identity, DockerHttpClient.Request events)
                throws EngineAway {
            DockerHttpClient own = calls.client();
            client = own;
            if (ended.get()) {
                // Whoever ended it may have come before there was anything to close.
                EngineCalls.closeQuietly(own);
                return;
            }
            String lost;
            // Only the client is closed, and its connection with it: closing the answer would read
            // it to its end first, which never comes.
            try (own) {
                InputStream body = open(own, events).getBody();
                back();
                inbox.put(new Input.StreamOpened(stream, identity));
                services.accept(SwarmServices.ALL);
                lost = new EventReader(stream, services).read(body, inbox::offer);
            } catch (EngineAway e) {
                throw e;
            } catch (Exception e) {
                lost = "event stream: " + EngineCalls.reason(e);
            }
            if (!ended.get()) {
                calls.renew();
                aside.renew();
                inbox.put(new Input.StreamLost(stream, lost));
            }
        }

        private DockerHttpClient.Response open(
                DockerHttpClient own, DockerHttpClient.Request events) throws EngineAway {
            ScheduledFuture<?> watch = calls.atDeadline(() -> EngineCalls.closeQuietly(own));
            try {
                DockerHttpClient.Response response = own.execute(events);
                if (response.getStatusCode() != OK) {
                    int status = response.getStatusCode();
                    response.close();
                    throw new EngineAway("the engine answers " + status + " to events");
                }
                return response;
            } catch (RuntimeException e) {
                throw new EngineAway(EngineCalls.reason(e));
            } finally {
                watch.cancel(false);
            }
        }

        private DockerHttpClient.Request request(Instant since) {
            String filters =
                    URLEncoder.encode("{\"type\":[\"container\",\"network\",\"service\"]}", UTF_8);
            String from = "%d.%09d".formatted(since.getEpochSecond(), since.getNano());
            return DockerHttpClient.Request.builder()
                    .method(DockerHttpClient.Request.Method.GET)
                    .path(api + "/events?since=" + from + "&filters=" + filters)
                    .build();
        }
    }
}
