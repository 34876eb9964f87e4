package io.signalbox.dialects;

import io.signalbox.dialects.Probe.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The services of a Compose file, a container each. */
final class ComposeText {
    private ComposeText() {}

    static List<App> apps(String yaml) {
        List<App> apps = new ArrayList<>();
        map(map(new Load(LoadSettings.builder().build()).loadFromString(yaml)).get("services"))
                .forEach((name, service) -> apps.add(app(name, map(service))));
        return apps;
    }

    private static App app(String name, Map<String, @Nullable Object> service) {
        List<Integer> ports = new ArrayList<>();
        if (service.get("expose") instanceof List<?> exposed) {
            exposed.forEach(port -> ports.add(Integer.valueOf(port.toString())));
        }
        SortedMap<String, String> labels = pairs(service.get("labels"));
        labels.put("com.docker.compose.project", "test");
        labels.put("com.docker.compose.service", name);
        return new App(
                name,
                labels,
                pairs(service.get("environment")),
                ports.isEmpty() ? List.of(8080) : ports,
                List.of("front"),
                false);
    }

    /** A list of {@code name=value} or a mapping. */
    private static SortedMap<String, String> pairs(@Nullable Object said) {
        SortedMap<String, String> pairs = new TreeMap<>();
        if (said instanceof List<?> list) {
            for (Object one : list) {
                String[] parts = one.toString().split("=", 2);
                pairs.put(parts[0], parts[1]);
            }
        } else if (said != null) {
            map(said).forEach((name, value) -> pairs.put(name, String.valueOf(value)));
        }
        return pairs;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object said) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        if (said instanceof Map<?, ?> all) {
            all.forEach((name, value) -> map.put(name.toString(), value));
        }
        return map;
    }
}
