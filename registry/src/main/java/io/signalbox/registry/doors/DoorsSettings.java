package io.signalbox.registry.doors;

import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import io.signalbox.schemas.GroupDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of all doors.
 *
 * @param certificates where certificates go that come in by Docker Flow Proxy's
 * @param tables which group serves the services of a table of Lambda-Registry's; that of any other
 *     is the default group
 */
public record DoorsSettings(
        DoorSettings registration,
        DoorSettings dockerFlow,
        CertificateSettings certificates,
        DoorSettings lambdaRegistry,
        Map<String, String> tables) {

    static final DoorSettings.Keys REGISTRATION =
            DoorSettings.Keys.of("registration", "registering endpoints (/v1/endpoints)");
    static final DoorSettings.Keys DOCKER_FLOW =
            DoorSettings.Keys.of("docker-flow", "Docker Flow Proxy's API (/v1/docker-flow-proxy)");
    static final DoorSettings.Keys LAMBDA_REGISTRY =
            DoorSettings.Keys.of("lambda-registry", "Lambda-Registry's API (/generate)");

    static final Setting<List<TableGroup>> TABLES =
            Setting.of(
                    "door-lambda-registry-groups",
                    SettingType.list(SettingType.of("table=group", TableGroup::parse)),
                    "none",
                    "Which group serves the services of a table; any other table's are the default"
                            + " group's.");

    /** All of them. */
    public static final List<Setting<?>> ALL = all();

    public DoorsSettings {
        tables = Map.copyOf(tables);
    }

    /**
     * What the values say.
     *
     * @throws io.signalbox.process.StartFailure where a door lacks what it needs
     */
    public static DoorsSettings from(SettingValues values) {
        Map<String, String> tables = new TreeMap<>();
        for (TableGroup one : values.get(TABLES)) {
            if (tables.put(one.table(), one.group()) != null) {
                throw values.mistake(TABLES, "must name each table once");
            }
        }
        return new DoorsSettings(
                REGISTRATION.from(values),
                DOCKER_FLOW.from(values),
                CertificateSettings.from(values),
                LAMBDA_REGISTRY.from(values),
                tables);
    }

    /** A table and the group that serves it. */
    record TableGroup(String table, String group) {

        static TableGroup parse(String text) {
            int equals = text.indexOf('=');
            String group = text.substring(equals + 1);
            if (equals < 1 || !GroupDefinition.isName(group)) {
                throw new IllegalArgumentException(
                        "must be table=group, of which the group " + GroupDefinition.NAME_RULE);
            }
            return new TableGroup(text.substring(0, equals), group);
        }
    }

    private static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>();
        List.of(REGISTRATION, DOCKER_FLOW, LAMBDA_REGISTRY).forEach(keys -> all.addAll(keys.all()));
        all.addAll(CertificateSettings.ALL);
        all.add(TABLES);
        return List.copyOf(all);
    }
}
