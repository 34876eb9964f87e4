package io.signalbox.bench.fuzz;

import io.signalbox.bench.fuzz.LabelsPath.Way;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.ServiceName;
import io.signalbox.schemas.ConfigRecord.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * One container's labels by chance, and whether the promises hold for them: nothing is thrown; no
 * directive, section or map entry stands in the configuration that a container may not lead to;
 * what the renderer writes, the applier lets through; and what is written says what was declared.
 */
public final class Fuzz {
    private static final String TCP = "    mode tcp";
    private static final Pattern ENTRY = Pattern.compile("[!-~]+ [!-~]+");

    private Fuzz() {}

    /**
     * What one input came to.
     *
     * @param labels as they were on the container
     * @param services how many services they made
     * @param rejected how many of them were reported as not followed
     * @param problem the promise that was broken; empty where all hold
     */
    public record Outcome(
            Map<String, String> labels, int services, int rejected, Optional<String> problem) {}

    /** Follows the labels that the seed gives. */
    public static Outcome run(long seed) {
        SortedMap<String, String> labels = new HostileLabels(new Random(seed)).next();
        int services = 0;
        int rejected = 0;
        try {
            for (Way way : LabelsPath.of(labels)) {
                services += way.services().size();
                rejected = way.declared().rejections().size();
                Optional<String> problem = problem(way);
                if (problem.isPresent()) {
                    return new Outcome(labels, services, rejected, problem);
                }
            }
        } catch (RuntimeException e) {
            return new Outcome(labels, services, rejected, Optional.of("threw " + e));
        }
        return new Outcome(labels, services, rejected, Optional.empty());
    }

    private static Optional<String> problem(Way way) {
        if (!way.refused().isEmpty()) {
            return Optional.of("the applier refuses " + way.refused());
        }
        Optional<String> entry =
                Arrays.stream(MapName.values())
                        .flatMap(map -> way.files().maps().getOrDefault(map, "").lines())
                        .filter(line -> !ENTRY.matcher(line).matches())
                        .findFirst()
                        .map(line -> "map entry " + line);
        return entry.or(() -> Directives.problem(way.files().haproxyCfg()))
                .or(() -> difference(way))
                .or(() -> RouteReader.difference(way.files(), way.services().values()));
    }

    private static Optional<String> difference(Way way) {
        return way.services().values().stream()
                .map(service -> difference(way, service))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> difference(Way way, Service service) {
        String text = way.files().haproxyCfg();
        String name = new ServiceName(service.service()).backend().value();
        List<String> backend = section(text, "backend " + name);
        Optional<String> difference = ServiceReader.difference(backend, service.policy());
        if (difference.isPresent() || backend.contains(TCP)) {
            return difference;
        }
        String options = way.files().maps().getOrDefault(MapName.OPTIONS, "");
        List<String> http = new ArrayList<>(section(text, "userlist " + name));
        http.addAll(backend);
        return OptionsReader.difference(options, service.service(), service.policy())
                .or(() -> HttpReader.difference(http, service.policy().http()));
    }

    private static List<String> section(String text, String header) {
        return text.lines()
                .dropWhile(line -> !line.equals(header))
                .skip(1)
                .takeWhile(line -> line.startsWith(" "))
                .toList();
    }
}
