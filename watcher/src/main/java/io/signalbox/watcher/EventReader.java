package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.watcher.core.Input;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the engine's event stream, one JSON object a line, and keeps what concerns a container's
 * life. Events say more than may be known (labels, the command lines of {@code exec}): nothing of
 * them but the kind, the container's id, the signal and the time is ever used or shown. Of an event
 * that is too long only the kind and the container are taken. One thread.
 */
final class EventReader {
    private static final int MOST_LINE_BYTES = 256 * 1024;
    private static final Pattern HEAD =
            Pattern.compile(
                    "\"Type\":\"container\",\"Action\":\"([a-z_]{1,32})(?:: [a-z]+)?\",\"Actor\":\\{\"ID\":\"([0-9a-f]{64})\"");
    private static final Pattern SERVICE = Pattern.compile("[0-9a-z]{1,64}");
    private static final String EXEC = "\"Action\":\"exec_";
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final long NANOS = 1_000_000_000L;

    /**
     * Those that can change what is known of a container; all others are noise. Podman says {@code
     * remove} where Docker says {@code destroy}.
     */
    private static final Set<String> ACTIONS =
            Set.of(
                    "create", "start", "die", "stop", "restart", "oom", "pause", "unpause",
                    "rename", "update", "destroy", "remove");

    private static final String HEALTH = "health_status";

    private final long stream;
    private final Consumer<String> services;

    /**
     * A reader of that stream.
     *
     * @param services takes the id of each Swarm service to which something happened
     */
    EventReader(long stream, Consumer<String> services) {
        this.stream = stream;
        this.services = services;
    }

    /**
     * Reads until the stream ends or the sink takes nothing more.
     *
     * @return why nothing more comes
     */
    String read(InputStream in, Predicate<Input> sink) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        Line line = new Line();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            int from = 0;
            for (int index = 0; index < count; index++) {
                if (buffer[index] == '\n') {
                    line.add(buffer, from, index - from);
                    from = index + 1;
                    String problem = take(line, sink);
                    if (!problem.isEmpty()) {
                        return problem;
                    }
                }
            }
            line.add(buffer, from, count - from);
        }
        return "the engine ended the event stream";
    }

    private String take(Line line, Predicate<Input> sink) {
        Optional<Input> input;
        try {
            input = line.isEmpty() ? Optional.empty() : parse(line);
        } catch (DecodeException | ClassCastException e) {
            return "an event that cannot be read";
        } finally {
            line.clear();
        }
        return input.isEmpty() || sink.test(input.get()) ? "" : "more events than can be taken in";
    }

    private Optional<Input> parse(Line line) {
        return line.isCut() ? parseHead(line.text()) : parse(line.text());
    }

    /** What the beginning of an event tells whose labels make it too long to be read whole. */
    private Optional<Input> parseHead(String head) {
        Matcher matcher = HEAD.matcher(head);
        if (matcher.find()) {
            return hint(matcher.group(2), matcher.group(1), null);
        }
        if (head.contains(EXEC)) {
            return Optional.empty();
        }
        throw new DecodeException("an event whose beginning does not tell what it is");
    }

    Optional<Input> parse(String text) {
        JsonObject event = EngineJson.object(text);
        String type = event.getString("Type", "");
        String action = event.getString("Action", "");
        JsonObject actor = event.getJsonObject("Actor", new JsonObject());
        JsonObject attributes = actor.getJsonObject("Attributes", new JsonObject());
        return switch (type) {
            case "container" ->
                    container(actor.getString("ID", ""), action, attributes, time(event));
            case "network" ->
                    action.equals("connect") || action.equals("disconnect")
                            ? hint(
                                    attributes.getString("container", ""),
                                    "network " + action,
                                    time(event))
                            : Optional.empty();
            case "service" -> {
                String id = actor.getString("ID", "");
                if (SERVICE.matcher(id).matches()) {
                    services.accept(id);
                }
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Optional<Input> container(String id, String action, JsonObject attributes, Instant at) {
        if (action.equals("kill")) {
            String signal = attributes.getString("signal", "");
            return id.isEmpty() || !signal.matches("[0-9]{1,3}")
                    ? Optional.empty()
                    : Optional.of(new Input.Killed(stream, id, Integer.parseInt(signal), at));
        }
        boolean health = action.equals(HEALTH) || action.startsWith(HEALTH + ":");
        if (health) {
            return hint(id, HEALTH, at);
        }
        return ACTIONS.contains(action) ? hint(id, action, at) : Optional.empty();
    }

    private Optional<Input> hint(String id, String action, @Nullable Instant at) {
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new Input.Hinted(stream, id, action, at));
    }

    private static Instant time(JsonObject event) {
        long nanos = event.getLong("timeNano", 0L);
        return nanos == 0
                ? Instant.ofEpochSecond(event.getLong("time", 0L))
                : Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    }

    /** One line, of which only the beginning is kept when it is too long. */
    private static final class Line {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
        private boolean cut;

        void add(byte[] buffer, int from, int count) {
            int room = MOST_LINE_BYTES - bytes.size();
            bytes.write(buffer, from, Math.min(room, count));
            cut |= count > room;
        }

        boolean isCut() {
            return cut;
        }

        boolean isEmpty() {
            return bytes.size() == 0;
        }

        String text() {
            return bytes.toString(UTF_8);
        }

        void clear() {
            bytes.reset();
            cut = false;
        }
    }
}
