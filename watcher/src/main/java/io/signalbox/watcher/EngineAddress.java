package io.signalbox.watcher;

import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Where the engine is and how it is spoken to, as {@code DOCKER_HOST}, {@code DOCKER_CERT_PATH} and
 * {@code DOCKER_TLS_VERIFY} say it.
 *
 * @param uri {@code unix:///path} or {@code tcp://host:port}
 * @param certificates folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem}; present
 *     means TLS, and the engine's certificate is always verified
 */
record EngineAddress(URI uri, Optional<Path> certificates) {
    /** Where Docker listens if nothing else is said. */
    static final String DEFAULT_HOST = "unix:///var/run/docker.sock";

    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    /**
     * Reads an address.
     *
     * @throws StartFailure if this watcher cannot speak to such an address
     */
    static EngineAddress of(String host, Optional<Path> certificates) {
        URI uri;
        try {
            uri = URI.create(host);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("DOCKER_HOST must be unix:///path or tcp://host:port: " + host);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (scheme.equals("unix") && uri.getPath() != null && !uri.getPath().isEmpty()) {
            return new EngineAddress(uri, Optional.empty());
        }
        if ((scheme.equals("tcp") || scheme.equals("http") || scheme.equals("https"))
                && uri.getHost() != null) {
            boolean tls = certificates.isPresent();
            if (scheme.equals("https") && !tls) {
                throw new StartFailure("DOCKER_CERT_PATH must be given with DOCKER_HOST: " + host);
            }
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? TLS_PORT : PLAIN_PORT;
            return new EngineAddress(
                    URI.create("tcp://" + authority(uri.getHost()) + ":" + port), certificates);
        }
        throw new StartFailure("DOCKER_HOST must be unix:///path or tcp://host:port: " + host);
    }

    private static String authority(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Whether the engine is on this host. */
    boolean local() {
        return "unix".equals(uri.getScheme());
    }

    /**
     * Refuses a socket that is there and may not be used; one that is not there may still come.
     *
     * @throws StartFailure if permission is denied
     */
    void checkPermission() {
        if (!local()) {
            return;
        }
        Path socket = Path.of(uri.getPath());
        if (Files.exists(socket) && !(Files.isReadable(socket) && Files.isWritable(socket))) {
            throw denied();
        }
    }

    /**
     * What tells a local engine's socket from the one that it makes at its next start; empty while
     * there is none, and for a remote engine.
     */
    Optional<String> socket() {
        if (!local()) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes socket =
                    Files.readAttributes(Path.of(uri.getPath()), BasicFileAttributes.class);
            return Optional.of(socket.fileKey() + " " + socket.lastModifiedTime());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The failure for a denied permission. */
    StartFailure denied() {
        return new StartFailure(
                "permission denied on the Docker socket "
                        + uri.getPath()
                        + ": run as root or as a member of its group");
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
