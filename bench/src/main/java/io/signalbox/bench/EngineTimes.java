package io.signalbox.bench;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When the engine says that each container was started and sent a stop signal ({@code timeNano}).
 * Thread-safe.
 */
final class EngineTimes implements AutoCloseable {

    private final DockerClient docker;
    private final Map<String, Instant> times = new HashMap<>();

    EngineTimes() {
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        docker =
                DockerClientImpl.getInstance(
                        config,
                        new ZerodepDockerHttpClient.Builder()
                                .dockerHost(config.getDockerHost())
                                .sslConfig(config.getSSLConfig())
                                .build());
        docker.eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withEventFilter("start", "kill")
                .exec(
                        new ResultCallback.Adapter<Event>() {
                            @Override
                            public void onNext(Event event) {
                                take(event);
                            }
                        });
    }

    /** Waits for the time of an event; {@code action} is {@code start} or {@code kill}. */
    synchronized Instant await(String action, String container) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
            Instant time = times.get(action + container);
            if (time != null) {
                return time;
            }
            wait(100);
        }
        throw new IllegalStateException("the engine reported no " + action + " of " + container);
    }

    @Override
    public void close() throws IOException {
        docker.close();
    }

    private synchronized void take(Event event) {
        Long nanos = event.getTimeNano();
        if (nanos != null && event.getActor() != null) {
            times.put(
                    event.getAction() + event.getActor().getId(), Instant.ofEpochSecond(0, nanos));
            notifyAll();
        }
    }
}
