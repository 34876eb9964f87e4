package io.signalbox.watcher;

import io.signalbox.process.Setting;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.Container;
import io.signalbox.watcher.EngineCalls.Answer;
import io.signalbox.watcher.EngineCalls.BodyReader;
import io.signalbox.watcher.core.AllowList;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One look at a container or a Swarm service, as the watcher would see it and write it to the log.
 */
public final class ContainerLook {
    /** What of the watcher's settings it needs. */
    public static final List<Setting<?>> SETTINGS =
            List.of(
                    WatcherSettings.DOCKER_HOST,
                    WatcherSettings.DOCKER_CERT_PATH,
                    WatcherSettings.ENGINE_DEADLINE,
                    WatcherSettings.ALLOW_LABELS,
                    WatcherSettings.ALLOW_ENVIRONMENT);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}");
    private static final String API = "/v" + EngineVersion.OLDEST;
    private static final int LONGEST = 4 * 1024 * 1024;

    private final EngineAddress address;
    private final Duration deadline;
    private final AllowList labels;
    private final AllowList environment;

    /**
     * A look by these settings.
     *
     * @param docker the environment in which Docker's variables are looked up
     */
    public ContainerLook(SettingValues values, Map<String, String> docker) {
        this.address =
                WatcherSettings.engine(values, docker)
                        .orElseThrow(
                                () ->
                                        new StartFailure(
                                                "docker-host is off: there is no engine to ask"));
        this.deadline = values.get(WatcherSettings.ENGINE_DEADLINE);
        this.labels = AllowList.labels(values.get(WatcherSettings.ALLOW_LABELS));
        this.environment = AllowList.environment(values.get(WatcherSettings.ALLOW_ENVIRONMENT));
    }

    /** The engine does not answer as it should; the message is one line for people. */
    public static final class EngineFailed extends Exception {
        EngineFailed(String message) {
            super(message);
        }
    }

    /** What of labels may leave the host. */
    public SortedMap<String, String> labels(Map<String, String> all) {
        return labels.apply(all);
    }

    /** What of variables may leave the host. */
    public SortedMap<String, String> environment(Map<String, String> all) {
        return environment.apply(all);
    }

    /**
     * The container of a name or an id, else the picture of the Swarm service of that name or id,
     * on a manager; empty where there is none.
     */
    public Optional<Container> at(String name) throws EngineFailed {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        address.checkPermission();
        try (EngineCalls calls = new EngineCalls(address, EngineTls.of(address), 1, deadline)) {
            BodyReader<String> text = EngineCalls.text(LONGEST);
            Answer<String> container = calls.await(API + "/containers/" + name + "/json", text);
            return switch (container) {
                case Answer.Body<String>(String json) -> Optional.of(read(json, this::container));
                case Answer.NotFound<String>() ->
                        // An engine that is no manager refuses, and has no services.
                        calls.await(API + "/services/" + name, text)
                                        instanceof Answer.Body<String>(String json)
                                ? Optional.of(read(json, this::service))
                                : Optional.empty();
                case Answer.Unusable<String>(String reason) -> throw failed(reason);
                case Answer.Failed<String>(String reason) -> throw failed(reason);
            };
        }
    }

    private Container container(JsonObject json) {
        return new ContainerReader(labels, environment, _ -> false).read(json).container();
    }

    private Container service(JsonObject json) {
        return new SwarmReader(labels).read(json, _ -> null);
    }

    private Container read(String json, Function<JsonObject, Container> reader)
            throws EngineFailed {
        try {
            return reader.apply(EngineJson.object(json));
        } catch (RuntimeException e) {
            throw failed("an inspection that cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private EngineFailed failed(String reason) {
        return new EngineFailed("engine at " + address + ": " + reason);
    }
}
