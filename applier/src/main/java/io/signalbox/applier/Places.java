package io.signalbox.applier;

import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where everything of one applier lies, below its directory.
 *
 * @param root the directory, absolute
 */
record Places(Path root) {
    /**
     * The kernel's limit on the path of a unix socket, less what HAProxy appends while it binds.
     */
    private static final int LONGEST_SOCKET_PATH = 90;

    /**
     * Makes the directory if it is missing.
     *
     * @throws StartFailure if it cannot be used
     */
    static Places open(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        Places places = new Places(root);
        try {
            new ConfigPath(places.runtimeSocket().toString());
            new ConfigPath(places.certificates().toString());
            Files.createDirectories(root.resolve("run"));
        } catch (IllegalValue e) {
            throw new StartFailure("the applier's directory " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartFailure("the applier's directory " + root + " cannot be used: " + e, e);
        }
        if (places.masterSocket().toString().length() > LONGEST_SOCKET_PATH) {
            throw new StartFailure(
                    "the applier's directory must leave room for a socket's path of "
                            + LONGEST_SOCKET_PATH
                            + " characters: "
                            + root);
        }
        return places;
    }

    Path runtimeSocket() {
        return root.resolve("run").resolve("worker.sock");
    }

    Path masterSocket() {
        return root.resolve("run").resolve("master.sock");
    }

    Path pidFile() {
        return root.resolve("run").resolve("haproxy.pid");
    }

    /** The certificates as HAProxy reads them. */
    Path certificates() {
        return root.resolve("certs");
    }

    Path accessLog() {
        return root.resolve("access.log");
    }

    Path errors() {
        return root.resolve("haproxy.log");
    }
}
