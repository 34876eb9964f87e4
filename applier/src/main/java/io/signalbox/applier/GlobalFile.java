package io.signalbox.applier;

import io.signalbox.haproxy.Snippet;
import io.signalbox.haproxy.Snippet.Place;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operator's file with lines for HAProxy's section {@code global} on this machine. */
final class GlobalFile {
    private GlobalFile() {}

    /**
     * Its lines, without comments.
     *
     * @param owned whether the applier starts HAProxy
     * @throws StartFailure if it cannot be read, or has lines that must not be there, each by its
     *     number
     */
    static List<String> lines(Optional<Path> file, boolean owned) {
        return file.isPresent()
                ? checked(file.get(), owned ? Place.OWN_MACHINE : Place.OTHER_MACHINE)
                : List.of();
    }

    private static List<String> checked(Path file, Place place) {
        List<String> lines = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        int number = 0;
        for (String text : read(file)) {
            number++;
            String line = text.replace('\t', ' ').strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String at = "\n  " + file + ", line " + number + ": ";
            Snippet.problem(place, line).ifPresent(problem -> mistakes.add(at + problem));
            lines.add(line);
        }
        if (!mistakes.isEmpty()) {
            throw new StartFailure(
                    ApplierSettings.GLOBAL_FILE.key()
                            + " must have only lines for HAProxy's global section:"
                            + String.join("", mistakes));
        }
        return lines;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new StartFailure(
                    "%s must be a file that can be read: %s"
                            .formatted(ApplierSettings.GLOBAL_FILE.key(), e),
                    e);
        }
    }
}
