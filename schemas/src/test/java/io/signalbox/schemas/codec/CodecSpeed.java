package io.signalbox.schemas.codec;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How many events a second one core encodes and decodes; a program to run by hand, since a figure
 * that depends on the machine's load is no test.
 */
final class CodecSpeed {

    private static final int EVENTS = 200_000;

    private CodecSpeed() {}

    /** Prints a few rounds of each. */
    public static void main(String[] args) throws IOException {
        try (FakeRegistry registry = new FakeRegistry(0);
                ConfluentCodecs codecs =
                        new ConfluentCodecs(SchemaRegistrySettings.of(registry.url(), null), "")) {
            Codec<Event> codec = codecs.of(Topic.CONTAINER_EVENTS, Event.class);
            Event event = event();
            byte[] bytes = codec.encode(event);
            System.out.println(bytes.length + " bytes an event");
            for (int round = 0; round < 8; round++) {
                long start = System.nanoTime();
                int written = 0;
                for (int i = 0; i < EVENTS; i++) {
                    written += codec.encode(event).length;
                }
                long middle = System.nanoTime();
                int read = 0;
                for (int i = 0; i < EVENTS; i++) {
                    read += codec.decode(bytes) instanceof Decoded.Value ? 1 : 0;
                }
                long end = System.nanoTime();
                System.out.printf(
                        "encode %,d/s  decode %,d/s  (%d bytes, %d events)%n",
                        EVENTS * 1_000_000_000L / (middle - start),
                        EVENTS * 1_000_000_000L / (end - middle),
                        written,
                        read);
            }
        }
    }

    private static Event event() {
        Instant now = Instant.parse("2026-11-01T10:00:00.123456789Z");
        Container container =
                new Container(
                        "c0ffee".repeat(10) + "cafe",
                        "shop-web-1",
                        "registry.example.com/shop/web:1.24.3",
                        Container.State.RUNNING,
                        Container.Health.HEALTHY,
                        now,
                        null,
                        0,
                        false,
                        new Container.NetworkMode(Container.NetworkMode.Kind.NETWORKS, ""),
                        List.of(
                                new Container.NetworkAttachment(
                                        "beef".repeat(16),
                                        "shop_default",
                                        "172.18.0.5",
                                        null,
                                        false)),
                        List.of(
                                new Container.PublishedPort(
                                        8080, Container.Protocol.TCP, "0.0.0.0", 32768)),
                        List.of(new Container.ExposedPort(8080, Container.Protocol.TCP)),
                        Map.of(
                                "signalbox.enable", "true",
                                "signalbox.host", "shop.example.com",
                                "com.docker.compose.project", "shop",
                                "com.docker.compose.service", "web"),
                        Map.of(),
                        10);
        return new Event(
                "host-0042",
                123456,
                789,
                now,
                now,
                "docker",
                new Fact.ContainerObserved(container));
    }
}
