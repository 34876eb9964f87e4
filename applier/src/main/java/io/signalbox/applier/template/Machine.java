package io.signalbox.applier.template;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** What templates may ask of the machine that they are carried out on. */
public interface Machine {
    /** The variable of the environment; empty where there is none. */
    Optional<String> variable(String name);

    /** Now, in the machine's time zone. */
    ZonedDateTime now();

    /** Whether a file or folder of that path is there. */
    boolean fileExists(String path);

    /**
     * The addresses of a host by name.
     *
     * @throws IOException if there are none, or nobody answers
     */
    List<String> addresses(String host) throws IOException;

    /**
     * The records of type SRV as {@code priority weight port target}.
     *
     * @throws IOException if there are none, or nobody answers
     */
    List<String> services(String name) throws IOException;
}
