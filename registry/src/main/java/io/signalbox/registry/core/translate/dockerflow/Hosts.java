package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.translate.Patterns;
import io.signalbox.registry.core.translate.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Docker Flow Proxy's domains as native hosts. Without an algorithm the proxy compared beginnings,
 * so that {@code acme.com.evil.org} was {@code acme.com}'s; meant was the domain itself.
 */
final class Hosts {
    private static final Pattern FULL_NAME = Pattern.compile("[^.]+(\\.[^.]+)+");
    private static final String EXACT = "hdr";

    private Hosts() {}

    /**
     * Lists of hosts, one for each route: a regular expression ends a list. Empty where the
     * algorithm or an expression is none that can be had.
     */
    static Optional<List<String>> of(@Nullable Said algorithm, List<String> domains) {
        String name = algorithm == null ? EXACT : name(algorithm.lower());
        List<String> names = new ArrayList<>();
        List<String> lists = new ArrayList<>();
        for (String domain : domains) {
            Optional<String> host = host(name, domain);
            if (host.isEmpty()) {
                return Optional.empty();
            }
            (host.get().startsWith("~") ? lists : names).add(host.get());
        }
        if (!names.isEmpty()) {
            lists.addFirst(String.join(", ", names));
        }
        return Optional.of(lists);
    }

    /** The word before {@code (host)}, if that is what it looks at. */
    private static String name(String algorithm) {
        int bracket = algorithm.indexOf('(');
        return algorithm.endsWith("(host)") && bracket == algorithm.length() - 6
                ? algorithm.substring(0, bracket)
                : algorithm;
    }

    private static Optional<String> host(String algorithm, String domain) {
        if (domain.startsWith("*") && !algorithm.equals("hdr_reg")) {
            return Optional.of(below(domain));
        }
        String literal = Patterns.literal(domain.toLowerCase(java.util.Locale.ROOT));
        return switch (algorithm) {
            case "hdr" -> Optional.of(domain);
            case "hdr_beg" -> Optional.of(beginning(domain, literal));
            case "hdr_dom" ->
                    Optional.of(
                            isFull(domain)
                                    ? domain + ", *." + domain
                                    : "~(.*\\.)?" + literal + "(\\..*)?");
            case "hdr_end" -> Optional.of(ending(domain, literal));
            case "hdr_sub" -> Optional.of("~.*" + literal + ".*");
            case "hdr_reg" -> Patterns.hostAnywhere(domain).map("~"::concat);
            default -> Optional.empty();
        };
    }

    private static String below(String domain) {
        return domain.startsWith("*.") && domain.indexOf('*', 1) < 0
                ? domain
                : "~" + Patterns.wildcard(domain.toLowerCase(java.util.Locale.ROOT));
    }

    private static String beginning(String domain, String literal) {
        if (isFull(domain)) {
            return domain;
        }
        return domain.endsWith(".") ? domain + "*" : "~" + literal + ".*";
    }

    private static String ending(String domain, String literal) {
        if (domain.startsWith(".")) {
            return "*" + domain;
        }
        return isFull(domain) ? domain + ", *." + domain : "~.*" + literal;
    }

    private static boolean isFull(String domain) {
        return FULL_NAME.matcher(domain).matches();
    }
}
