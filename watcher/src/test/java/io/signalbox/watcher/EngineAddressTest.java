package io.signalbox.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineAddressTest {

    @TempDir Path directory;

    @Test
    void shouldTellASocketFromTheOneMadeNext() throws Exception {
        Path path = directory.resolve("engine.sock");
        EngineAddress address = EngineAddress.of("unix://" + path, Optional.empty());
        assertThat(address.socket()).isEmpty();

        Optional<String> first = listenOnce(path, address);
        assertThat(first).isPresent().isEqualTo(address.socket());
        Files.delete(path);
        Optional<String> second = listenOnce(path, address);

        assertThat(second).isPresent().isNotEqualTo(first);
    }

    @Test
    void shouldLookForNoSocketOfARemoteEngine() {
        assertThat(EngineAddress.of("tcp://192.0.2.1:2375", Optional.empty()).socket()).isEmpty();
    }

    /** The file stays when nobody listens any more, as after an engine's crash. */
    private static Optional<String> listenOnce(Path path, EngineAddress address) throws Exception {
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(path));
            return address.socket();
        }
    }
}
