package io.signalbox.cli.group;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Defaults;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes a group definition as the YAML that {@link GroupYaml} reads. */
public final class GroupYamlWriter {

    private GroupYamlWriter() {}

    /** The whole definition, defaults included. */
    public static String write(GroupDefinition group) {
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("name", group.name());
        Map<String, Object> select = new LinkedHashMap<>();
        putUnlessEmpty(select, "labels", group.selector().labels());
        putUnlessEmpty(select, "networks", group.selector().networks());
        putUnlessEmpty(select, "hosts", group.selector().hosts());
        putUnlessEmpty(select, "dialects", group.selector().dialects());
        if (!select.isEmpty()) {
            top.put("select", select);
        }
        top.put("entry-points", EntryPointsYaml.write(group.entryPoints()));
        top.put("oldest-haproxy", group.oldestHaproxy());
        top.put("addresses", group.addressMode().name().toLowerCase(Locale.ROOT));
        if (group.network() != null) {
            top.put("network", group.network());
        }
        top.put("defaults", defaults(group.defaults()));
        top.put(
                "statistics",
                group.statistics() == null ? "off" : ListenAddress.print(group.statistics()));
        top.put("spares", group.spares());
        top.put("access-log", group.accessLog());
        putUnlessEmpty(top, "snippets", SnippetsYaml.write(group.snippets()));
        return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
                .dumpToString(top);
    }

    private static Map<String, Object> defaults(Defaults defaults) {
        Map<String, Object> timeouts = new LinkedHashMap<>();
        timeouts.put("connect", print(defaults.connectTimeout()));
        timeouts.put("client", print(defaults.clientTimeout()));
        timeouts.put("server", print(defaults.serverTimeout()));
        timeouts.put("queue", print(defaults.queueTimeout()));
        timeouts.put("http-request", print(defaults.httpRequestTimeout()));
        timeouts.put("keep-alive", print(defaults.keepAliveTimeout()));
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("interval", print(defaults.check().interval()));
        check.put("fall", defaults.check().fall());
        check.put("rise", defaults.check().rise());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("balance", defaults.balance());
        result.put("timeouts", timeouts);
        result.put("retries", defaults.retries());
        result.put("retry-methods", defaults.retryMethods());
        result.put("check", check);
        result.put("hard-stop-after", print(defaults.hardStopAfter()));
        result.put("max-connections", defaults.maxConnections());
        return result;
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, Map<String, ?> value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }

    private static void putUnlessEmpty(
            Map<String, Object> map, String key, Iterable<String> value) {
        if (value.iterator().hasNext()) {
            map.put(key, value);
        }
    }

    private static String print(Duration duration) {
        long ms = duration.toMillis();
        return ms % 3_600_000 == 0
                ? ms / 3_600_000 + "h"
                : ms % 60_000 == 0
                        ? ms / 60_000 + "m"
                        : ms % 1_000 == 0 ? ms / 1_000 + "s" : ms + "ms";
    }
}
