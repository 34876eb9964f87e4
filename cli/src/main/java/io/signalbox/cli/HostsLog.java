package io.signalbox.cli;

import io.signalbox.process.TopicReader;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Instance;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The operator's view of hosts: what {@code service-state} knows of one, and facts about it. Used
 * by one thread.
 */
final class HostsLog implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String SOURCE = "operator";

    private final OperatorSettings settings;
    private final LogCodecs codecs;

    HostsLog(OperatorSettings settings) {
        this.settings = settings;
        this.codecs = settings.codecs();
    }

    /** A host and how many containers are known on it. */
    record Known(Host host, long containers) {}

    /** What is known of the host; fails by name when nothing is. */
    Known require(String id) {
        Map<String, Host> hosts = new TreeMap<>();
        Map<String, Instance> instances = new HashMap<>();
        Codec<ServiceState> codec = codecs.serviceState();
        String topic = Topic.SERVICE_STATE.topicName(settings.common().topicPrefix());
        TopicSetup.requireTopics(settings, List.of(topic));
        List<TopicPartition> one = List.of(new TopicPartition(topic, partition(id)));
        try (TopicReader reader =
                TopicReader.fromBeginning(settings.kafka().reader("hosts"), one)) {
            reader.readToEnd(
                    TIMEOUT,
                    record -> {
                        switch (decoded(codec, record)) {
                            case Host host -> newest(hosts, host);
                            case Instance instance ->
                                    instances.put(
                                            instance.host() + "/" + instance.container(), instance);
                            case ServiceState.RegisteredEndpoint _,
                                    ServiceState.DeclaredService _,
                                    ServiceState.Checkpoint _ -> {}
                            case null -> {}
                        }
                    });
        }
        Host host = hosts.get(id);
        if (host == null || host.session() == Event.NO_SESSION) {
            throw new OperationFailed("no watcher ever spoke for a host " + id);
        }
        long containers =
                instances.values().stream().filter(i -> i.host().equals(id) && !i.gone()).count();
        return new Known(host, containers);
    }

    /**
     * Appends that this session's host is lost and expired; the fold ignores both when another
     * session is current by then.
     */
    void expire(Host host) {
        append(host.host(), new Fact.HostLost(host.session()));
        append(host.host(), new Fact.HostExpired(host.session()));
    }

    @Override
    public void close() {
        codecs.close();
    }

    private void append(String host, Fact.Decided fact) {
        Event event = new Event(host, Event.NO_SESSION, 0, Instant.now(), null, SOURCE, fact);
        try (Producer<byte[], byte[]> producer = settings.kafka().producer("hosts")) {
            producer.send(
                            new ProducerRecord<>(
                                    Topic.CONTAINER_EVENTS.topicName(
                                            settings.common().topicPrefix()),
                                    partition(host),
                                    host.getBytes(StandardCharsets.UTF_8),
                                    codecs.events().encode(event)))
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (SchemaRegistryUnavailable e) {
            throw new OperationFailed("the schema registry does not answer: " + e.getMessage());
        } catch (ExecutionException | TimeoutException e) {
            throw new OperationFailed("the broker did not take the record: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted");
        }
    }

    /** The newest by source position: a late writer may have written an older one after it. */
    private static void newest(Map<String, Host> hosts, Host host) {
        hosts.merge(
                host.host(), host, (before, now) -> now.offset() >= before.offset() ? now : before);
    }

    private static @Nullable ServiceState decoded(
            Codec<ServiceState> codec, ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record.value()) instanceof Decoded.Value<ServiceState>(var value)
                ? value
                : null;
    }

    private static int partition(String host) {
        return Partitions.of(host, Topic.CONTAINER_EVENTS.partitions());
    }
}
