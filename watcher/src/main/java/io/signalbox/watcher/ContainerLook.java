package io.signalbox.watcher;

import io.signalbox.process.Setting;
import io.signalbox.process.SettingValues;
import io.signalbox.schemas.Container;
import io.signalbox.watcher.EngineCalls.Answer;
import io.signalbox.watcher.core.AllowList;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** One look at a container, as the watcher would see it and write it to the log. */
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
        this.address = WatcherSettings.engine(values, docker);
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

    /** The container of a name or an id; empty where there is none. */
    public Optional<Container> at(String name) throws EngineFailed {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        address.checkPermission();
        CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
        try (EngineCalls calls = new EngineCalls(address, EngineTls.of(address), 1, deadline)) {
            String path = "/v" + EngineVersion.OLDEST + "/containers/" + name + "/json";
            calls.get(path, EngineCalls.text(LONGEST), answer::complete);
            return found(answer.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineFailed("interrupted");
        } catch (ExecutionException e) {
            throw new EngineFailed(EngineCalls.reason(e));
        }
    }

    private Optional<Container> found(Answer<String> answer) throws EngineFailed {
        return switch (answer) {
            case Answer.Body<String>(String json) -> Optional.of(read(json));
            case Answer.NotFound<String>() -> Optional.empty();
            case Answer.Unusable<String>(String reason) -> throw failed(reason);
            case Answer.Failed<String>(String reason) -> throw failed(reason);
        };
    }

    private Container read(String json) throws EngineFailed {
        try {
            return new ContainerReader(labels, environment, _ -> false)
                    .read(EngineJson.object(json))
                    .container();
        } catch (RuntimeException e) {
            throw failed("an inspection that cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private EngineFailed failed(String reason) {
        return new EngineFailed("engine at " + address + ": " + reason);
    }
}
