package io.signalbox.process;

import java.util.List;
import java.util.Map;

/**
 * What a process is to those that run it: a name, its settings and its wiring. Found as a service
 * ({@code META-INF/services/io.signalbox.process.ProcessDefinition}), so that every process knows
 * the keys of the others.
 */
public interface ProcessDefinition {
    /** The process' name, such as {@code watcher}. */
    String name();

    /** Where its health and metrics are served; one of {@link #settings()}. */
    Setting<HostPort> httpListen();

    /** All settings it reads, the common ones included ({@link CommonSettings#with}). */
    List<Setting<?>> settings();

    /**
     * Refuses settings with which {@link #start} would fail at once, without starting anything: so
     * that those who run several processes can ask all of them first.
     *
     * @throws StartFailure if it cannot run with these settings
     */
    default void check(SettingValues values) {
        CommonSettings.from(values, httpListen());
    }

    /** What every metric of the process says, by label: such as the group that it serves. */
    default Map<String, String> labels(SettingValues values) {
        return Map.of();
    }

    /**
     * Makes the process' parts, hands threads and what must be closed to the runtime, and returns
     * at once: whatever may take long or fail in passing belongs on a thread.
     *
     * @throws StartFailure if it cannot run with these settings
     */
    void start(SettingValues values, ProcessRuntime runtime);
}
