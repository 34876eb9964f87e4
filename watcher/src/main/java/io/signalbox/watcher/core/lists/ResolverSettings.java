package io.signalbox.watcher.core.lists;

import java.util.ArrayList;
import java.util.List;

/**
 * How the system looks names up, as {@code resolv.conf} says.
 *
 * @param servers addresses of name servers, in the order in which they are asked
 * @param search domains that a name may be completed with
 * @param dots a name with fewer dots is completed first
 */
public record ResolverSettings(List<String> servers, List<String> search, int dots) {
    private static final int MOST_SERVERS = 3;
    private static final int MOST_DOTS = 15;
    private static final String DOTS = "ndots:";

    public ResolverSettings {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
    }

    /** Reads the file's text; what it does not understand counts as not said. */
    public static ResolverSettings parse(String text) {
        List<String> servers = new ArrayList<>();
        List<String> search = List.of();
        int dots = 1;
        for (String line : text.split("\\R", -1)) {
            List<String> words = List.of(line.strip().split("\\s+", -1));
            List<String> said = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "nameserver" -> said.stream().limit(1).forEach(servers::add);
                case "search", "domain" ->
                        search = said.stream().filter(DnsMessage::isName).toList();
                case "options" -> dots = dots(said, dots);
                default -> {}
            }
        }
        return new ResolverSettings(
                servers.isEmpty()
                        ? List.of("127.0.0.1")
                        : servers.stream().limit(MOST_SERVERS).toList(),
                search,
                dots);
    }

    private static int dots(List<String> options, int otherwise) {
        int dots = otherwise;
        for (String option : options) {
            if (option.matches(DOTS + "[0-9]{1,4}")) {
                dots = Math.min(MOST_DOTS, Integer.parseInt(option.substring(DOTS.length())));
            }
        }
        return dots;
    }

    /** The full names that a name may stand for, in the order in which they are tried. */
    public List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(name.substring(0, name.length() - 1));
        }
        List<String> candidates = new ArrayList<>();
        for (String domain : search) {
            String full =
                    name
                            + "."
                            + (domain.endsWith(".")
                                    ? domain.substring(0, domain.length() - 1)
                                    : domain);
            if (DnsMessage.isName(full)) {
                candidates.add(full);
            }
        }
        boolean first = name.chars().filter(c -> c == '.').count() >= dots;
        candidates.add(first ? 0 : candidates.size(), name);
        return candidates;
    }
}
