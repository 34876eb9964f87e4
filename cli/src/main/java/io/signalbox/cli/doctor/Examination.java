package io.signalbox.cli.doctor;

import io.signalbox.applier.ProxyLook;
import io.signalbox.cli.doctor.Check.Look;
import io.signalbox.cli.group.KnownGroups.KnownGroup;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.KafkaClients;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.SchemaRegistration;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.watcher.EngineLook;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** All checks of a deployment, in the order of the way from the log to the containers. */
public final class Examination {

    /** Those that others wait for have less, so that all are done within fifteen seconds. */
    private static final Duration FIRST = Duration.ofSeconds(6);

    private static final Duration THEN = Duration.ofSeconds(7);

    private static final String LOG = "log";
    private static final String FLEET = "registries, hosts and proxies";
    private static final String HERE = "this machine";

    private final CommonSettings settings;
    private final SchemaRegistrySettings schemas;
    private final GroupSource groups;
    private final RegistryApi api;

    /** An examination of the deployment that these settings lead to. */
    public Examination(
            CommonSettings settings,
            SchemaRegistrySettings schemas,
            GroupSource groups,
            ApiSource api) {
        this.settings = settings;
        this.schemas = schemas;
        this.groups = groups;
        this.api = new RegistryApi(api);
    }

    /** What the log says of groups; blocks, and throws with one line for people. */
    public interface GroupSource {
        /** Every group, the built-in one included. */
        Map<String, KnownGroup> groups();

        /** The group's configuration as it stands. */
        GroupView configuration(String group);
    }

    /** The checks. */
    public List<Check> checks(EngineLook engine, ProxyLook proxy) {
        Brokers brokers = new Brokers(settings);
        Topics topics = new Topics(settings);
        KafkaClients kafka = new KafkaClients("doctor", settings);
        return List.of(
                first("broker", LOG, brokers::reached),
                then("features", LOG, List.of("broker"), brokers::features),
                then("topics", LOG, List.of("broker"), topics::look),
                first("schema-registry", LOG, () -> SchemaRegistries.reached(schemas)),
                then("schemas", LOG, List.of("schema-registry"), this::subjects),
                then(
                        "clock",
                        LOG,
                        List.of("broker"),
                        new BrokerClock(kafka, settings.topicPrefix())::look),
                then("members", FLEET, List.of("broker"), brokers::members),
                first("api", FLEET, api::look),
                then("registry", FLEET, List.of("api"), api::registry),
                then("hosts", FLEET, List.of("api"), api::hosts),
                then("services", FLEET, List.of("api"), api::services),
                then("groups", FLEET, List.of("api"), api::groups),
                then("appliers", FLEET, List.of("api"), api::appliers),
                then(
                        "definitions",
                        FLEET,
                        List.of("broker", "schema-registry"),
                        () -> Definitions.of(groups.groups(), topics.groups())),
                first("engine", HERE, () -> EngineFindings.look(engine)),
                first("proxy", HERE, new Proxies(proxy)::look),
                then("path", HERE, List.of("broker", "schema-registry"), () -> path(proxy)));
    }

    private List<Finding> subjects() {
        try (SchemaRegistration registration =
                new SchemaRegistration(schemas, settings.topicPrefix())) {
            return SchemaFindings.of(registration.states());
        }
    }

    private List<Finding> path(ProxyLook proxy) throws InterruptedException {
        if (!Files.isDirectory(proxy.directory())) {
            return List.of(
                    Finding.skipped(
                            "path to containers",
                            "no applier runs here, and it counts from a proxy's machine"));
        }
        return Paths.look(proxy.group(), groups.configuration(proxy.group()), proxy.choice());
    }

    private static Check first(String name, String section, Look look) {
        return new Check(name, section, List.of(), FIRST, look);
    }

    private static Check then(String name, String section, List<String> needs, Look look) {
        return new Check(name, section, needs, THEN, look);
    }
}
