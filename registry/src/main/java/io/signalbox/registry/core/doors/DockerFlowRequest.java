package io.signalbox.registry.core.doors;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.ServerAddress;
import io.signalbox.registry.core.dialect.Declared;
import io.signalbox.registry.core.dialect.Dialects;
import io.signalbox.registry.core.translate.dockerflow.DockerFlowRows;
import io.signalbox.registry.core.translate.dockerflow.DockerFlowTranslator;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Rejection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a call of Docker Flow Proxy's API asks for, read as a whole: it is followed altogether, or
 * refused with everything that is wrong with it.
 */
public sealed interface DockerFlowRequest {

    /** Which service it is about; empty where that was not said. */
    String service();

    /**
     * The service is to be so.
     *
     * @param outbound the address outside Docker that alone serves it; empty for the containers of
     *     its name
     */
    record Declare(String service, List<Declaration> declarations, String outbound)
            implements DockerFlowRequest {
        public Declare {
            declarations = List.copyOf(declarations);
        }
    }

    /** The service is to be no more. */
    record Remove(String service) implements DockerFlowRequest {}

    /**
     * It cannot be followed.
     *
     * @param status what the proxy's clients expect: 409 where nothing leads to the service, else
     *     400
     * @param mistakes at least one
     */
    record Bad(String service, int status, List<Mistake> mistakes) implements DockerFlowRequest {
        public Bad {
            mistakes = List.copyOf(mistakes);
        }
    }

    /** What {@code reconfigure} asks for. */
    static DockerFlowRequest reconfigure(Map<String, List<String>> query) {
        return new Reader(query).reconfigure();
    }

    /** What {@code remove} asks for. */
    static DockerFlowRequest remove(Map<String, List<String>> query) {
        return new Reader(query).remove();
    }

    /** Reads one call. */
    final class Reader {
        private static final String NAME = "serviceName";
        private static final String OUTBOUND = "outboundHostname";
        private static final String REPLICAS = "replicas";

        /** What Docker Flow Swarm Listener adds where it is told to; the log knows it better. */
        private static final String NODES = "nodeInfo";

        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
        private static final Pattern SECRET = Pattern.compile("(users|serviceCert)(\\.[0-9]+)?");

        private final SortedMap<String, String> said = new TreeMap<>();
        private final Mistakes mistakes = new Mistakes();
        private final String service;

        private Reader(Map<String, List<String>> query) {
            query.forEach(
                    (name, values) -> {
                        said.put(name, values.getFirst());
                        if (values.size() > 1) {
                            mistakes.add(name, "must be said once", values.size() + " times");
                        }
                    });
            said.remove(NODES);
            service = said.getOrDefault(NAME, "").strip();
            if (service.isEmpty()) {
                mistakes.add(NAME, "is mandatory", "");
            }
        }

        private DockerFlowRequest remove() {
            said.keySet().stream()
                    .filter(name -> DockerFlowRows.of(name).isEmpty())
                    .forEach(name -> mistakes.add(name, "is no parameter of remove", ""));
            return mistakes.isEmpty() ? new Remove(service) : bad(400);
        }

        private DockerFlowRequest reconfigure() {
            String replicas = said.getOrDefault(REPLICAS, "").strip();
            if (!replicas.isEmpty() && !NUMBER.matcher(replicas).matches()) {
                mistakes.add(REPLICAS, "must be a number", replicas);
            } else if (!replicas.isEmpty() && Integer.parseInt(replicas) == 0) {
                return mistakes.isEmpty() ? new Remove(service) : bad(400);
            }
            if (!mistakes.isEmpty()) {
                return bad(400);
            }
            if (!says("port") && !says("httpsPort")) {
                mistakes.add("port", "or httpsPort is mandatory", "");
                return bad(400);
            }
            if (isHttp() && !leads()) {
                mistakes.add("servicePath", "or serviceDomain is mandatory", "");
                return bad(409);
            }
            String outbound = outbound();
            List<Declaration> declarations = declarations();
            return mistakes.isEmpty() ? new Declare(service, declarations, outbound) : bad(400);
        }

        private boolean isHttp() {
            return said.entrySet().stream()
                    .filter(one -> isCalled(one.getKey(), "reqMode"))
                    .allMatch(one -> one.getValue().strip().equalsIgnoreCase("http"));
        }

        private boolean leads() {
            return says("servicePath") || says("serviceDomain") || says("isDefaultBackend");
        }

        private boolean says(String word) {
            return said.entrySet().stream()
                    .anyMatch(one -> isCalled(one.getKey(), word) && !one.getValue().isBlank());
        }

        /** With or without an index. */
        private static boolean isCalled(String name, String word) {
            return name.equals(word) || name.startsWith(word + ".");
        }

        /** The address of another host than a container; it is no word of the dialect's here. */
        private String outbound() {
            String address = said.remove(OUTBOUND);
            if (address == null) {
                return "";
            }
            try {
                return new ServerAddress(address.strip(), 1).address();
            } catch (IllegalValue e) {
                mistakes.add(
                        OUTBOUND,
                        "must be an IP address: names are looked up by the DNS source",
                        address);
                return "";
            }
        }

        private List<Declaration> declarations() {
            Declared declared =
                    Dialects.declare(service, DockerFlowTranslator.ofParameters(said, service));
            for (Rejection one : declared.rejections()) {
                String value = SECRET.matcher(one.key()).matches() ? "" : one.value();
                mistakes.add(one.key(), rule(one), value);
            }
            if (mistakes.isEmpty() && declared.declarations().isEmpty()) {
                mistakes.add("the parameters", "declare nothing that is served", "");
            }
            return declared.declarations();
        }

        private static String rule(Rejection one) {
            if (one.code().equals("unknown-key")) {
                return "is not known here";
            }
            String other = one.suggestion();
            String see = other == null ? "" : " (see " + other + ")";
            return "is refused: " + one.message() + see;
        }

        private Bad bad(int status) {
            return new Bad(service, status, mistakes.all());
        }
    }
}
