package io.signalbox.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** Who may use a socket. */
final class Rights {
    private Rights() {}

    /** The group that a file belongs to; empty where that cannot be known. */
    static Optional<String> group(Path file) {
        return attributes(file).map(attributes -> attributes.group().getName());
    }

    /** Whoever can write to the engine's socket is root on the machine. */
    static List<Finding> ofEngine(Path socket) {
        return of("socket " + socket, socket, "is root on this machine");
    }

    /** Whoever can write to a command socket of HAProxy's decides where requests go. */
    static List<Finding> ofHaproxy(String what, Path socket) {
        return of(what + " " + socket, socket, "decides where requests go");
    }

    private static List<Finding> of(String subject, Path socket, String power) {
        Optional<PosixFileAttributes> found = attributes(socket);
        if (found.isEmpty()) {
            return List.of();
        }
        PosixFileAttributes attributes = found.get();
        String value =
                "%s %s:%s"
                        .formatted(
                                PosixFilePermissions.toString(attributes.permissions()),
                                attributes.owner().getName(),
                                attributes.group().getName());
        return List.of(
                attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
                        ? Finding.warn(
                                subject,
                                value,
                                "everybody may write to it, and whoever may " + power,
                                "chmod o= " + socket)
                        : Finding.ok(subject, value));
    }

    private static Optional<PosixFileAttributes> attributes(Path file) {
        try {
            return Optional.of(Files.readAttributes(file, PosixFileAttributes.class));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
