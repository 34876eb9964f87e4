package io.signalbox.bench.fuzz;

import io.signalbox.haproxy.Configuration;
import io.signalbox.haproxy.MapName;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads back from the maps, and from the rules of each frontend, which routes lead where. What is
 * written is known from the documentation of HAProxy and of the maps, not from what wrote it.
 */
final class RouteReader {
    private static final String SPLIT = "split=";
    private static final String STICKY = "split=sticky-";
    private static final String FRONTEND = "frontend in_";
    private static final String SET = "http-request set-var(txn.service) str(";

    /** How many of a hundred requests a service gets, by the name of the split. */
    private final Map<String, SortedMap<String, Integer>> splits = new HashMap<>();

    private final Configuration.Files files;

    private RouteReader(Configuration.Files files) {
        this.files = files;
        for (List<String> entry : entries(MapName.SPLITS)) {
            String id = entry.getFirst().substring(0, entry.getFirst().indexOf('/'));
            splits.computeIfAbsent(id, _ -> new TreeMap<>()).merge(entry.get(1), 1, Integer::sum);
        }
    }

    /** What differs between the files and the services they were made of; empty if nothing does. */
    static Optional<String> difference(Configuration.Files files, Collection<Service> services) {
        RouteReader reader = new RouteReader(files);
        for (Map.Entry<String, List<String>> frontend : reader.frontends().entrySet()) {
            String entryPoint = frontend.getKey();
            boolean tcp = frontend.getValue().contains("mode tcp");
            List<ReadRoute> read = tcp ? reader.byName(entryPoint) : reader.byMap();
            read.addAll(reader.byRules(frontend.getValue()));
            Optional<String> difference = difference(said(services, entryPoint, tcp), read);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(List<ReadRoute> said, List<ReadRoute> read) {
        for (ReadRoute route : said) {
            Optional<ReadRoute> same = read.stream().filter(route::isSame).findFirst();
            if (same.isEmpty()) {
                return Optional.of("the route " + route + " is not among " + read);
            }
            read.remove(same.get());
        }
        return read.isEmpty() ? Optional.empty() : Optional.of("nobody said " + read);
    }

    private static List<ReadRoute> said(
            Collection<Service> services, String entryPoint, boolean tcp) {
        List<ReadRoute> said = new ArrayList<>();
        for (Service service : services) {
            for (HeldRoute held : service.routes()) {
                RouteMatch match = held.match();
                List<String> at = match == null ? List.of() : match.entryPoints();
                boolean ofTcp = match != null && match.tcp();
                if (ofTcp == tcp && (at.isEmpty() || at.contains(entryPoint))) {
                    said.add(ReadRoute.said(service.service(), held));
                }
            }
        }
        return said;
    }

    private List<List<String>> entries(MapName map) {
        return files.maps()
                .getOrDefault(map, "")
                .lines()
                .map(line -> List.of(line.split(" ", -1)))
                .toList();
    }

    private List<ReadRoute> byMap() {
        List<ReadRoute> read = new ArrayList<>();
        for (List<String> entry : entries(MapName.ROUTES)) {
            String key = entry.getFirst();
            String value = entry.get(1);
            int slash = key.indexOf('/');
            String host = key.substring(0, slash);
            boolean below = host.length() > 1 && host.endsWith("*");
            String path = slash + 1 == key.length() ? "/" : key.substring(slash, key.length() - 1);
            RuleReader route = new RuleReader();
            String name = below ? "*." + host.substring(0, host.length() - 1) : host;
            route.hostAndPath(
                    name.equals("*") ? "" : name, below ? HostKind.WILDCARD : HostKind.EXACT, path);
            long rank = Long.parseLong(value.substring(0, value.indexOf('/')));
            read.addAll(shared(value.substring(value.indexOf('/') + 1), rank, route));
        }
        return read;
    }

    /** Where connections lead by the name that clients ask for, or all of them. */
    private List<ReadRoute> byName(String entryPoint) {
        List<ReadRoute> read = new ArrayList<>();
        for (List<String> entry : entries(MapName.TCP)) {
            String key = entry.getFirst();
            if (key.startsWith(entryPoint + "/")) {
                String name = key.substring(entryPoint.length() + 1);
                RuleReader route = new RuleReader();
                route.hostAndPath(
                        name, name.startsWith("*.") ? HostKind.WILDCARD : HostKind.EXACT, "/");
                read.add(route.route(entry.get(1), 0));
            }
        }
        return read;
    }

    /** The lines of each frontend by its entry point. */
    private Map<String, List<String>> frontends() {
        Map<String, List<String>> frontends = new TreeMap<>();
        List<String> open = new ArrayList<>();
        for (String line : files.haproxyCfg().lines().toList()) {
            if (line.startsWith(FRONTEND)) {
                open = new ArrayList<>();
                frontends.put(line.substring(FRONTEND.length()), open);
            } else if (!line.startsWith(" ")) {
                open = new ArrayList<>();
            }
            open.add(line.strip());
        }
        return frontends;
    }

    private List<ReadRoute> byRules(List<String> frontend) {
        List<ReadRoute> read = new ArrayList<>();
        Map<String, List<String>> lists = new HashMap<>();
        for (String line : frontend) {
            List<String> words = line.isEmpty() ? List.of("") : Words.of(line);
            if (words.getFirst().equals("acl")) {
                lists.put(words.get(1), words.subList(2, words.size()));
            } else if (String.join(" ", words).startsWith(SET)) {
                read.addAll(rule(words, lists));
            }
        }
        return read;
    }

    private List<ReadRoute> rule(List<String> words, Map<String, List<String>> lists) {
        RuleReader rule = new RuleReader();
        for (String word : words.subList(words.indexOf("if") + 1, words.size())) {
            List<String> list = lists.get(word.replaceFirst("^!", ""));
            if (list != null) {
                rule.take(list, !word.startsWith("!"));
            }
        }
        long rank = Long.parseLong(words.get(words.indexOf("lt") + 1));
        String target = words.get(2).substring("str(".length(), words.get(2).length() - 1);
        return shared(target, rank, rule);
    }

    private List<ReadRoute> shared(String target, long rank, RuleReader rule) {
        if (!target.startsWith(SPLIT)) {
            return List.of(rule.route(target, rank));
        }
        List<ReadRoute> shared = new ArrayList<>();
        splits.getOrDefault(target, new TreeMap<>())
                .forEach(
                        (service, percent) -> {
                            ReadRoute whole = rule.route(service, rank);
                            shared.add(
                                    new ReadRoute(
                                            service,
                                            whole.host(),
                                            whole.path(),
                                            whole.match()
                                                    .sharing(percent, target.startsWith(STICKY))));
                        });
        return shared;
    }
}
