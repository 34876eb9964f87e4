package io.signalbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a TCP port for something that will listen on it a little later. It is taken from below the
 * range that Linux gives outgoing connections (from 32768 on), or one of those could have the port
 * by then. Safe for all threads.
 */
public final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int BEYOND = 32_768;
    private static final int TRIES = 200;

    /** Whoever was given a port may not listen on it yet. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port of loopback that nobody listens on, another one each time in this process.
     *
     * @throws UncheckedIOException if none can be found
     */
    public static int onLoopback() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new UncheckedIOException(
                new IOException(
                        "no free port on loopback between %d and %d".formatted(LOWEST, BEYOND)));
    }

    /** Whether one could listen on that port of loopback now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
