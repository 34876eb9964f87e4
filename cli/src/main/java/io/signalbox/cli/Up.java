package io.signalbox.cli;

import io.signalbox.cli.group.ListenAddress;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything in one JVM: an embedded broker, the schema registry as a child process, and the four
 * processes, started in that order and closed in reverse. A thread of its own starts them and
 * prints {@code ready …} after the first full load.
 */
final class Up implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Up.class);
    private static final int KAFKA_PORT = 19092;
    private static final int CONTROLLER_PORT = 19093;
    private static final int SCHEMA_REGISTRY_PORT = 18081;
    private static final List<String> ORDER = List.of("registry", "renderer", "watcher", "applier");

    private final Consumer<Throwable> onFatal;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Map<String, ProcessRuntime> processes = new LinkedHashMap<>();
    private final long startedNanos = System.nanoTime();
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
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                log.atWarn().addKeyValue("error", e).log("a part failed to close");
            }
        }
    }

    private synchronized void begin(UpOptions options) {
        String listen =
                ListenAddress.parse(options.listen())
                        .map(ListenAddress::print)
                        .orElseThrow(
                                () ->
                                        new StartFailure(
                                                "--listen "
                                                        + ListenAddress.RULE
                                                        + ": "
                                                        + options.listen()));
        DataDirectory data = open(DataDirectory.open(options.data()));
        log.atInfo()
                .addKeyValue("directory", options.data())
                .log("starting the broker and the schema registry");
        SchemaRegistryChild schemas = open(startSchemaRegistry(data));
        EmbeddedKafka kafka =
                open(
                        EmbeddedKafka.start(
                                data.path("kafka"),
                                data.port("kafka", KAFKA_PORT),
                                data.port("kafka-controller", CONTROLLER_PORT)));
        SettingSources sources = options.sources().with(settings(data, kafka, schemas, listen));
        OperatorSettings setup = operatorSettings(sources);
        TopicSetup.createTopics(
                setup, line -> log.atDebug().addKeyValue("done", line).log("topics"));
        schemas.awaitReady(Duration.ofSeconds(60));
        TopicSetup.registerSchemas(
                setup, line -> log.atDebug().addKeyValue("done", line).log("schemas"));
        startProcesses(sources);
        writeEndpoints(data, kafka, schemas);
        if (options.announce()) {
            Thread.ofPlatform().daemon().name("up-ready").start(() -> announceReady(listen));
        }
    }

    private <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }

    private SchemaRegistryChild startSchemaRegistry(DataDirectory data) {
        return SchemaRegistryChild.start(
                data.path("schema-registry"), data.port("schema-registry", SCHEMA_REGISTRY_PORT));
    }

    private static Map<String, String> settings(
            DataDirectory data, EmbeddedKafka kafka, SchemaRegistryChild schemas, String listen) {
        Map<String, String> settings = new HashMap<>();
        settings.put(CommonSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers());
        settings.put(CommonSettings.SCHEMA_REGISTRY_URL.name(), schemas.url());
        settings.put(CommonSettings.SCHEMA_CACHE.name(), data.path("schema-cache").toString());
        settings.put(CommonSettings.REPLICATION_FACTOR.name(), "1");
        settings.put(CommonSettings.MIN_INSYNC_REPLICAS.name(), "1");
        settings.put("default-listen", listen);
        settings.put("applier-dir", data.path("applier").toString());
        settings.put("on-exit", "stop");
        return settings;
    }

    private static OperatorSettings operatorSettings(SettingSources sources) {
        return OperatorSettings.from(
                SettingValues.read(
                        OperatorSettings.ALL, KnownSettings.load(OperatorSettings.ALL), sources));
    }

    private void startProcesses(SettingSources sources) {
        Map<String, ProcessDefinition> found = new HashMap<>();
        ServiceLoader.load(ProcessDefinition.class).forEach(p -> found.put(p.name(), p));
        for (String name : ORDER) {
            ProcessDefinition process = found.get(name);
            if (process == null) {
                throw new IllegalStateException("process " + name + " is not on the class path");
            }
            SettingValues values =
                    SettingValues.read(process.settings(), KnownSettings.load(List.of()), sources);
            processes.put(name, open(ProcessRuntime.start(process, values, onFatal)));
        }
    }

    private void writeEndpoints(
            DataDirectory data, EmbeddedKafka kafka, SchemaRegistryChild schemas) {
        Map<String, String> endpoints = new LinkedHashMap<>();
        endpoints.put(CommonSettings.BOOTSTRAP_SERVERS.key(), kafka.bootstrapServers());
        endpoints.put(CommonSettings.SCHEMA_REGISTRY_URL.key(), schemas.url());
        endpoints.put(CommonSettings.REPLICATION_FACTOR.key(), "1");
        endpoints.put(CommonSettings.MIN_INSYNC_REPLICAS.key(), "1");
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
