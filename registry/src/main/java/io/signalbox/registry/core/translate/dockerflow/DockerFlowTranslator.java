package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.dialect.ServiceNames;
import io.signalbox.registry.core.dialect.TcpKeys;
import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Said;
import io.signalbox.registry.core.translate.Translation;
import io.signalbox.registry.core.translate.Translator;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Docker Flow Proxy's labels, {@code com.df.*}, of containers that say {@code com.df.notify=true};
 * one that does no more is withdrawn. Indexes are read from 1 on to the first that leads nowhere;
 * what has no index holds for each of them, or alone where there is none. Destinations that differ
 * in more than their routes are services of their own, {@code <service>.<index>}.
 */
public final class DockerFlowTranslator implements Translator {
    private static final String PREFIX = "com.df.";
    private static final String NOTIFY = "notify";
    private static final List<String> LEADING =
            List.of("servicePath", "port", "serviceDomain", "httpsPort");
    private static final int MOST = 100;

    @Override
    public Dialect dialect() {
        return Dialect.DOCKER_FLOW;
    }

    @Override
    public Optional<Translation> translate(Container container) {
        Map<String, String> said = new TreeMap<>();
        container
                .labels()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(PREFIX)) {
                                said.put(key.substring(PREFIX.length()), value);
                            }
                        });
        String notify = said.get(NOTIFY);
        if (notify != null && new Said(NOTIFY, notify).isTrue()) {
            return Optional.of(translated(PREFIX, said, Naming.of(container)));
        }
        boolean meant = notify == null && LEADING.stream().anyMatch(said::containsKey);
        return meant ? Optional.of(notNotified(said)) : Optional.empty();
    }

    /**
     * What a call of the proxy's HTTP API asks for, {@code reconfigure} with its parameters, which
     * are the labels' words without {@code com.df.}. Never throws; what is not followed is a line
     * of the answer, by the parameter's name.
     *
     * @param parameters by their names; {@code notify} is taken as said
     * @param service how the service is called unless {@code serviceName} says otherwise
     */
    public static Translation ofParameters(Map<String, String> parameters, String service) {
        Map<String, String> said = new TreeMap<>(parameters);
        said.put(NOTIFY, "true");
        return translated("", said, new Naming(service, ""));
    }

    /**
     * How a service is called.
     *
     * @param usual without a word of its own
     * @param stack what stands before it that {@code shortName} takes away; empty for nothing
     */
    private record Naming(String usual, String stack) {

        static Naming of(Container container) {
            Map<String, String> labels = container.labels();
            String stack = labels.get("com.docker.stack.namespace");
            return new Naming(
                    labels.getOrDefault("signalbox.service", ServiceNames.standard(container)),
                    stack == null ? "" : stack + "_");
        }
    }

    private static Translation notNotified(Map<String, String> said) {
        String key = LEADING.stream().filter(said::containsKey).findFirst().orElse(NOTIFY);
        return new Translation.Builder(Dialect.DOCKER_FLOW)
                .refuse(
                        PREFIX + key,
                        said.getOrDefault(key, ""),
                        "not-enabled",
                        "it is not followed without com.df.notify=true",
                        PREFIX + NOTIFY)
                .build();
    }

    private static Translation translated(String prefix, Map<String, String> said, Naming naming) {
        Foreign foreign = new Foreign(Dialect.DOCKER_FLOW, prefix, said, DockerFlowRows::of);
        List<NativeWord> common = Policies.of(foreign);
        Optional<NativeWord> users = Policies.users(foreign);
        Map<String, Service> services = new LinkedHashMap<>();
        for (int index : indexes(foreign)) {
            for (Destination.Part part : Destination.read(foreign, index)) {
                List<NativeWord> policy = new ArrayList<>(part.policy());
                boolean connections = part.kind() == Destination.Kind.CONNECTIONS;
                if (connections && users.isPresent()) {
                    String rule = "passwords are asked of requests alone";
                    foreign.refuse(users.get().from(), "tcp-users", rule, "signalbox.allow");
                    continue;
                }
                if (!part.open()) {
                    users.ifPresent(policy::add);
                }
                StringBuilder agreement = new StringBuilder();
                policy.forEach(word -> agreement.append(word.agreement()));
                services.computeIfAbsent(
                                agreement.toString(),
                                _ -> new Service(index, part, policy, new ArrayList<>()))
                        .routes()
                        .addAll(part.routes());
            }
        }
        name(naming, foreign, common, List.copyOf(services.values()));
        return foreign.translation();
    }

    /** A service in the making: what holds for it and what leads to it. */
    private record Service(
            int index,
            Destination.Part first,
            List<NativeWord> policy,
            List<List<NativeWord>> routes) {

        private String name(String usual) {
            return usual
                    + (index == 0 ? "" : "." + index)
                    + (first.kind() == Destination.Kind.SECURE_REQUESTS ? ".https" : "");
        }
    }

    /** The indexes that lead somewhere, in their order; 0 alone if there is none. */
    private static List<Integer> indexes(Foreign foreign) {
        List<Integer> indexes = new ArrayList<>();
        int next = 1;
        while (leads(foreign, next)) {
            if (indexes.size() == MOST) {
                Said said = foreign.known(NOTIFY);
                foreign.refuse(said, "too-many", "at most 100 indexes are read", null);
                break;
            }
            indexes.add(next++);
        }
        int end = next;
        for (String key : foreign.keys()) {
            if (Key.of(key).index() >= end) {
                String rule = "indexes are read from 1 on, and " + end + " leads nowhere";
                foreign.refuse(foreign.known(key), "unread-index", rule, null);
            }
        }
        return indexes.isEmpty() ? List.of(0) : indexes;
    }

    private static boolean leads(Foreign foreign, int index) {
        return LEADING.stream().anyMatch(word -> foreign.said(word + "." + index) != null);
    }

    private static void name(
            Naming naming, Foreign foreign, List<NativeWord> common, List<Service> services) {
        Said name = name(naming, foreign);
        boolean first = true;
        for (Service service : services) {
            String set = service.name("");
            common(foreign, set, common, service.first().kind());
            foreign.put(set, service.policy());
            if (!first || !name.key().equals(NOTIFY)) {
                String own = first ? name.text() : service.name(name.text());
                foreign.put(
                        set, new NativeWord("signalbox.service", own, foreign.known(name.key())));
            }
            if (first) {
                fallback(foreign, set, service.first().asked());
            }
            routes(foreign, set, service.routes());
            first = false;
        }
    }

    /** What is said of requests is nothing to a service of connections. */
    private static void common(
            Foreign foreign, String set, List<NativeWord> common, Destination.Kind kind) {
        for (NativeWord word : common) {
            if (kind == Destination.Kind.CONNECTIONS && TcpKeys.isOfRequests(word.key())) {
                foreign.needless(word.from(), "it is about requests, and connections come here");
            } else {
                foreign.put(set, word);
            }
        }
    }

    /** What no route takes must ask for what routes of the service ask for. */
    private static void fallback(Foreign foreign, String set, List<NativeWord> asked) {
        Said said = foreign.said("isDefaultBackend");
        if (said != null && foreign.isTrue(said)) {
            foreign.put(set, new NativeWord("signalbox.default", "true", said));
            for (NativeWord word : asked) {
                String key = "signalbox." + word.key();
                foreign.put(set, new NativeWord(key, word.value(), word.from()));
            }
        }
    }

    /** The service's name; of {@code notify} where it is the usual one. */
    private static Said name(Naming naming, Foreign foreign) {
        Said said = foreign.said("serviceName");
        if (said != null) {
            return said;
        }
        String usual = naming.usual();
        Said shorter = foreign.said("shortName");
        boolean hasStack = !naming.stack().isEmpty() && usual.startsWith(naming.stack());
        if (foreign.isTrue(shorter) && shorter != null && hasStack) {
            return new Said("shortName", usual.substring(naming.stack().length()));
        }
        if (shorter != null && shorter.isTrue()) {
            foreign.needless(shorter, "the name has no stack's before it");
        }
        return new Said(NOTIFY, usual);
    }

    private static void routes(Foreign foreign, String set, List<List<NativeWord>> routes) {
        int number = 1;
        for (List<NativeWord> route : routes) {
            String name = "r" + number++;
            if (number > MOST + 1) {
                String rule = "a service has at most 100 routes";
                foreign.refuse(route.getFirst().from(), "too-many", rule, null);
                return;
            }
            for (NativeWord word : route) {
                String key = "signalbox.routes." + name + "." + word.key();
                foreign.put(set, new NativeWord(key, word.value(), word.from()));
            }
        }
    }
}
