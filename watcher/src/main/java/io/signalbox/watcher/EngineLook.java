package io.signalbox.watcher;

import io.signalbox.process.Setting;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.watcher.EngineCalls.Answer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One look at the engine that a watcher with these settings would speak to. */
public final class EngineLook {
    /** What of the watcher's settings it needs. */
    public static final List<Setting<?>> SETTINGS =
            List.of(
                    WatcherSettings.DOCKER_HOST,
                    WatcherSettings.DOCKER_CERT_PATH,
                    WatcherSettings.ENGINE_DEADLINE);

    private static final int LONGEST = 4 * 1024 * 1024;

    private final EngineAddress address;
    private final Duration deadline;
    private final boolean named;

    /**
     * A look by these settings.
     *
     * @param docker the environment in which Docker's variables are looked up
     * @throws StartFailure if they name no engine that can be spoken to
     */
    public EngineLook(SettingValues values, Map<String, String> docker) {
        this.address =
                WatcherSettings.engine(values, docker)
                        .orElseThrow(
                                () ->
                                        values.mistake(
                                                WatcherSettings.DOCKER_HOST,
                                                "is off: there is no engine to look at"));
        this.deadline = values.get(WatcherSettings.ENGINE_DEADLINE);
        this.named = !address.uri().toString().equals(EngineAddress.DEFAULT_HOST);
    }

    /**
     * What an engine says of itself.
     *
     * @param version its release
     * @param api the newest version of its API
     * @param time its clock; empty where it does not say
     * @param asked when it was asked for that, by this machine's clock, in the middle of the call
     * @param rootless whether it runs in a user namespace, so that containers' addresses are not
     *     the host's
     * @param desktop whether it runs in a machine of its own, for the same effect
     * @param swarm its state in a Swarm: active, inactive, …
     * @param manager whether it is a manager there
     */
    public record Seen(
            String version,
            String api,
            Optional<Instant> time,
            Instant asked,
            boolean rootless,
            boolean desktop,
            String swarm,
            boolean manager) {}

    /** The engine does not answer as it should; the message is one line for people. */
    public static final class EngineFailed extends Exception {
        EngineFailed(String message) {
            super(message);
        }
    }

    /** Where it is, such as {@code unix:///var/run/docker.sock}. */
    public String address() {
        return address.toString();
    }

    /** Its socket, where it is on this machine. */
    public Optional<Path> socket() {
        return address.local() ? Optional.of(Path.of(address.uri().getPath())) : Optional.empty();
    }

    /** Whether an engine is to be expected: it is named somewhere, or the usual socket is there. */
    public boolean expected() {
        return named || socket().filter(Files::exists).isPresent();
    }

    /**
     * Asks it.
     *
     * @throws EngineFailed if it does not answer
     * @throws StartFailure if a watcher would refuse it: denied permission, too old an API
     */
    public Seen look() throws EngineFailed, InterruptedException {
        address.checkPermission();
        try (EngineCalls calls =
                new EngineCalls(
                        address,
                        address.local()
                                ? Optional.of(EngineTls.unused())
                                : address.certificates().map(EngineTls::context),
                        1,
                        deadline)) {
            JsonObject version = ask(calls, "/version");
            String path = "/v" + EngineVersion.negotiate(version) + "/info";
            Instant before = Instant.now();
            JsonObject info = ask(calls, path);
            Instant middle = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
            return read(version, info, middle);
        }
    }

    private JsonObject ask(EngineCalls calls, String path)
            throws EngineFailed, InterruptedException {
        CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
        calls.get(path, EngineCalls.text(LONGEST), answer::complete);
        try {
            return switch (answer.get()) {
                case Answer.Body<String>(String json) -> EngineJson.object(json);
                case Answer.NotFound<String>() ->
                        throw new EngineFailed("it does not know " + path);
                case Answer.Unusable<String>(String reason) -> throw new EngineFailed(reason);
                case Answer.Failed<String>(String reason) -> throw new EngineFailed(reason);
            };
        } catch (DecodeException e) {
            throw new EngineFailed("no Docker engine answers " + path);
        } catch (ExecutionException e) {
            throw new EngineFailed(EngineCalls.reason(e));
        }
    }

    private static Seen read(JsonObject version, JsonObject info, Instant asked) {
        JsonObject swarm = info.getJsonObject("Swarm", new JsonObject());
        JsonArray security = info.getJsonArray("SecurityOptions", new JsonArray());
        return new Seen(
                info.getString("ServerVersion", version.getString("Version", "")),
                version.getString("ApiVersion", ""),
                Optional.ofNullable(ContainerReader.time(info.getString("SystemTime"))),
                asked,
                security.stream().anyMatch(option -> option.toString().startsWith("name=rootless")),
                info.getString("OperatingSystem", "").contains("Docker Desktop"),
                swarm.getString("LocalNodeState", "inactive"),
                swarm.getBoolean("ControlAvailable", false));
    }
}
