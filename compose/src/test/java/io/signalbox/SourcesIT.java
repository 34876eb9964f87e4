package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Static files and DNS names, up to the requests that they lead to. */
@Timeout(120)
@ExtendWith(Chain.Shared.class)
class SourcesIT {
    private static Chain chain;
    private static Engine engine;
    private static String first;
    private static String second;

    @BeforeAll
    static void start(Chain shared) {
        engine = new Engine("sem-sources-");
        chain = shared;
        first = engine.run("first", Map.of());
        second = engine.run("second", Map.of());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void shouldServeWhatAFileListsAsLongAsItListsIt() throws IOException {
        list("file.yaml", "host: file.test, servers: ['%s:8080']".formatted(address(first)));
        chain.awaitServed("file.test", "/", first);
        chain.awaitWhy("file.test/", "from static file", "file.yaml:1");

        list("file.yaml", "host: file.test, servers: ['%s:8080']".formatted(address(second)));
        chain.awaitServed("file.test", "/", second);
        assertThat(chain.get("file.test", "/").servedBy()).isEqualTo(second.substring(0, 12));

        Files.delete(chain.lists().resolve("file.yaml"));
        chain.awaitStatus("file.test", "/", 404);
    }

    @Test
    void shouldServeTheAddressesOfANameAndKeepThemWhileItHasNone() throws IOException {
        try (NameServer names = new NameServer()) {
            names.address = address(first);
            list(
                    "dns.yaml",
                    "host: dns.test, dns: 'tasks.backend:8080', nameserver: '%s', labels:"
                                    .formatted(names.place())
                            + " {signalbox.sticky: true, signalbox.sticky.cookie: SRVID}");
            chain.awaitServed("dns.test", "/", first);
            assertThat(chain.get("dns.test", "/").text()).contains("SRVID=");

            names.address = "";
            await().until(
                            () -> chain.fetch("watcher", "/metrics"),
                            s -> s.contains("dns_failing 1"));
            assertThat(chain.get("dns.test", "/").servedBy()).isEqualTo(first.substring(0, 12));

            names.address = address(second);
            chain.awaitServed("dns.test", "/", second);
        }
        Files.delete(chain.lists().resolve("dns.yaml"));
        chain.awaitStatus("dns.test", "/", 404);
    }

    private static void list(String file, String service) throws IOException {
        String name = file.replace(".yaml", "");
        Files.writeString(
                chain.lists().resolve(file), "services: {%s: {%s}}".formatted(name, service));
    }

    private static String address(String container) {
        return engine.docker()
                .inspectContainerCmd(container)
                .exec()
                .getNetworkSettings()
                .getNetworks()
                .values()
                .iterator()
                .next()
                .getIpAddress();
    }

    /** Gives every name the same address, or says that it has none. */
    private static final class NameServer implements AutoCloseable {
        private final DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        private volatile String address = "";

        NameServer() throws IOException {
            Thread.ofVirtual().start(this::serve);
        }

        String place() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        private void serve() {
            byte[] room = new byte[1_232];
            while (!socket.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(room, room.length);
                    socket.receive(packet);
                    byte[] answer = answer(Arrays.copyOf(room, packet.getLength()));
                    socket.send(
                            new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                } catch (IOException e) {
                    // Closed.
                }
            }
        }

        private byte[] answer(byte[] question) {
            int end = 12;
            while (question[end] != 0) {
                end += 1 + question[end];
            }
            boolean four = question[end + 2] == 1;
            List<byte[]> found =
                    four && !address.isEmpty()
                            ? List.of(InetAddress.ofLiteral(address).getAddress())
                            : List.of();
            ByteBuffer out = ByteBuffer.allocate(end + 5 + 16 * found.size());
            out.put(question, 0, 2).putShort((short) 0x8180).putShort((short) 1);
            out.putShort((short) found.size()).putInt(0).put(question, 12, end + 5 - 12);
            for (byte[] data : found) {
                out.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1).putInt(600);
                out.putShort((short) data.length).put(data);
            }
            return out.array();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
