package io.signalbox.cli;

import io.signalbox.cli.group.ListenAddress;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything in one JVM: an embedded broker, the schema registry as a child process, and the four
 * processes, started in that order and closed in reverse. A thread of its own starts them and
 * prints {@code ready …} after the first full load.
 */
final class Up implements AutoCloseable {

    private static final String APPLIER = "applier";

    /** Whoever writes to this log owns this proxy. */
    private static final String ALLOW_SNIPPETS = "allow-snippets";

    /** The processes in the order in which they are started. */
    static final List<String> ORDER = List.of("registry", "renderer", "watcher", APPLIER);

    private final Consumer<Throwable> onFatal;
    private final Parts parts = new Parts();
    private final Map<String, ProcessRuntime> processes = new LinkedHashMap<>();
    private final long startedNanos = System.nanoTime();
    private @Nullable EmbeddedLog embedded;
    private boolean closed;

    private Up(Consumer<Throwable> onFatal) {
        this.onFatal = onFatal;
    }

    /**
     * Starts everything; returns when the processes run, which is before the first full load.
     *
     * @param onFatal told of what ends a process later
     */
    static Up start(UpOptions options, Consumer<Throwable> onFatal) {
        Up up = new Up(onFatal);
        try {
            up.begin(options);
            return up;
        } catch (RuntimeException e) {
            up.close();
            throw e;
        }
    }

    /** The processes by name. */
    synchronized Map<String, ProcessRuntime> processes() {
        return Map.copyOf(processes);
    }

    /** Whether all processes are ready. */
    synchronized boolean ready() {
        return !processes.isEmpty()
                && processes.values().stream().allMatch(p -> p.readiness().ready());
    }

    /** What keeps each process from being ready, by process; empty when all are. */
    synchronized Map<String, Map<String, String>> causes() {
        Map<String, Map<String, String>> causes = new LinkedHashMap<>();
        processes.forEach(
                (name, process) -> {
                    if (!process.readiness().ready()) {
                        causes.put(name, process.readiness().causes());
                    }
                });
        return causes;
    }

    /** Closes everything, newest first. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        notifyAll();
        if (embedded != null) {
            embedded.ending();
        }
        parts.close();
    }

    private synchronized void begin(UpOptions options) {
        Listen listen =
                ListenAddress.parse(options.listen())
                        .orElseThrow(
                                () ->
                                        new StartFailure(
                                                "--listen "
                                                        + ListenAddress.RULE
                                                        + ": "
                                                        + options.listen()));
        DataDirectory data = parts.open(DataDirectory.open(options.data()));
        SettingSources decided =
                options.sources()
                        .with(settings(data, ListenAddress.print(listen)))
                        .withDefaults(Map.of(ALLOW_SNIPPETS, "true"));
        Preflight.check(listen, data.path(APPLIER), ordered(), decided);
        EmbeddedLog started = parts.open(EmbeddedLog.start(data));
        embedded = started;
        SettingSources sources = decided.with(started.settings());
        started.setUp(operatorSettings(sources));
        startProcesses(sources);
        writeEndpoints(data, started);
        if (options.announce()) {
            Thread.ofPlatform()
                    .daemon()
                    .name("up-ready")
                    .start(() -> announceReady(ListenAddress.print(listen)));
        }
    }

    private static Map<String, String> settings(DataDirectory data, String listen) {
        Map<String, String> settings = new HashMap<>();
        settings.put(CommonSettings.SCHEMA_CACHE.name(), data.path("schema-cache").toString());
        settings.put(CommonSettings.REPLICATION_FACTOR.name(), "1");
        settings.put(CommonSettings.MIN_INSYNC_REPLICAS.name(), "1");
        settings.put("default-listen", listen);
        settings.put("applier-dir", data.path(APPLIER).toString());
        settings.put("on-exit", "stop");
        return settings;
    }

    private static OperatorSettings operatorSettings(SettingSources sources) {
        return OperatorSettings.from(
                SettingValues.read(
                        OperatorSettings.ALL, KnownSettings.load(OperatorSettings.ALL), sources));
    }

    private void startProcesses(SettingSources sources) {
        for (ProcessDefinition process : ordered()) {
            SettingValues values =
                    SettingValues.read(process.settings(), KnownSettings.load(List.of()), sources);
            processes.put(
                    process.name(), parts.open(ProcessRuntime.start(process, values, onFatal)));
        }
    }

    private static List<ProcessDefinition> ordered() {
        Map<String, ProcessDefinition> found = new HashMap<>();
        ServiceLoader.load(ProcessDefinition.class).forEach(p -> found.put(p.name(), p));
        return ORDER.stream()
                .map(
                        name -> {
                            ProcessDefinition process = found.get(name);
                            if (process == null) {
                                throw new IllegalStateException(
                                        "process " + name + " is not on the class path");
                            }
                            return process;
                        })
                .toList();
    }

    private void writeEndpoints(DataDirectory data, EmbeddedLog embedded) {
        Map<String, String> endpoints = new LinkedHashMap<>();
        embedded.settings().forEach((name, value) -> endpoints.put(Setting.keyOf(name), value));
        endpoints.put(ApiClient.API_URL.key(), apiUrl());
        data.write(Endpoints.FILE, endpoints);
    }

    /** Where the registry's API answers. */
    synchronized String apiUrl() {
        ProcessRuntime registry = processes.get("registry");
        if (registry == null) {
            throw new IllegalStateException("the registry does not run");
        }
        HostPort address = registry.http().address();
        return "http://" + address;
    }

    private void announceReady(String listen) {
        try {
            synchronized (this) {
                while (!closed && !ready()) {
                    wait(20);
                }
                if (closed) {
                    return;
                }
            }
            System.out.printf(
                    "ready listen=%s api=%s after %.1f s%n",
                    listen, apiUrl(), (System.nanoTime() - startedNanos) / 1e9);
            System.out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
