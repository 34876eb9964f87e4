package io.signalbox.haproxy;

import io.signalbox.haproxy.Reply.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** HAProxy's words of refusal, as 2.6 to 3.4 say them. */
final class Refusals {

    private static final Map<String, Reason> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("still has connections attached", Reason.STILL_IN_USE);
        WORDS.put("Only servers in maintenance mode can be deleted", Reason.NOT_IN_MAINTENANCE);
        WORDS.put("other configuration elements pointing to it", Reason.REFERENCED);
        WORDS.put("Already exists a server with the same name", Reason.NAME_TAKEN);
        WORDS.put("already used at", Reason.ID_TAKEN);
        WORDS.put("No such backend", Reason.NO_SUCH_BACKEND);
        WORDS.put("Can't find backend", Reason.NO_SUCH_BACKEND);
        WORDS.put("No such server", Reason.NO_SUCH_SERVER);
        WORDS.put("Unknown map identifier", Reason.NO_SUCH_MAP);
        WORDS.put("entry not found", Reason.NO_SUCH_KEY);
        WORDS.put("Key not found", Reason.NO_SUCH_KEY);
        WORDS.put("Version number", Reason.NO_SUCH_VERSION);
        WORDS.put("Health check was not configured", Reason.NO_CHECK);
        WORDS.put("Unknown command", Reason.UNKNOWN_COMMAND);
        WORDS.put("Wait delay expired", Reason.TIMED_OUT);
        WORDS.put("Success=0", Reason.RELOAD_FAILED);
        WORDS.put("too big for the buffer", Reason.TOO_LONG);
        WORDS.put("in use, can't be deleted", Reason.STILL_IN_USE);
        WORDS.put("already exists!", Reason.NAME_TAKEN);
        WORDS.put("doesn't exist!", Reason.NO_SUCH_KEY);
        WORDS.put("does not exist!", Reason.NO_SUCH_KEY);
        WORDS.put("Can't ", Reason.OTHER);
        WORDS.put("No ongoing transaction", Reason.OTHER);
        WORDS.put("Failed.", Reason.OTHER);
        WORDS.put("Interrupted.", Reason.OTHER);
        WORDS.put("Invalid ", Reason.OTHER);
        WORDS.put("Absolute weight can only be", Reason.OTHER);
        WORDS.put("unknown keyword", Reason.OTHER);
        WORDS.put("custom id", Reason.OTHER);
        WORDS.put("must use a dynamic load balancing", Reason.OTHER);
        WORDS.put("expects ", Reason.OTHER);
        WORDS.put("Permission denied", Reason.OTHER);
    }

    private Refusals() {}

    static Optional<Reason> find(String text) {
        return WORDS.entrySet().stream()
                .filter(words -> text.contains(words.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
