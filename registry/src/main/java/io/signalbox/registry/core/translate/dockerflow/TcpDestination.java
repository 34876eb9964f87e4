package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.translate.EntryPorts;
import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one destination of {@code com.df.*} with {@code reqMode=tcp} or {@code sni}: connections
 * that come at {@code srcPort}, which is the entry point {@code port-<number>} of the group, with
 * {@code sni} those that ask for one of its names alone.
 */
final class TcpDestination {
    /** What is said of connections alone. */
    static final List<String> OWN = List.of("checkTcp", "serviceGroup", "balanceGroup");

    private static final List<String> OF_REQUESTS =
            List.of(
                    "servicePathExclude",
                    "serviceHeader",
                    "userAgent",
                    "allowedMethods",
                    "deniedMethods",
                    "httpsPort",
                    "srcHttpsPort",
                    "httpsOnly",
                    "httpsRedirectCode",
                    "denyHttp",
                    "redirectFromDomain",
                    "reqPathSearchReplace",
                    "sslVerifyNone",
                    "timeoutServer",
                    "ignoreAuthorization");
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final Pattern NAME_REGEX =
            Pattern.compile("\\^?(\\.\\*)?((\\\\\\.)?[a-z0-9_-]+(\\\\\\.[a-z0-9_-]+)*)\\$");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final Foreign foreign;
    private final int index;
    private final Said mode;
    private final List<NativeWord> words = new ArrayList<>();
    private boolean bad;

    private TcpDestination(Foreign foreign, int index, Said mode) {
        this.foreign = foreign;
        this.index = index;
        this.mode = mode;
    }

    /** What goes there; empty where it is not followed. */
    static Optional<Destination.Part> read(Foreign foreign, int index, Said mode) {
        return new TcpDestination(foreign, index, mode).part();
    }

    private @Nullable Said said(String name) {
        return Key.said(foreign, name, index);
    }

    private void refuse(Said said, String code, String rule, @Nullable String other) {
        foreign.refuse(said, code, rule, other);
        bad = true;
    }

    private Optional<Destination.Part> part() {
        if (!mode.lower().equals("tcp") && !mode.lower().equals("sni")) {
            refuse(mode, "bad-mode", "it is http, tcp or sni", "signalbox.tcp.<name>.port");
            return Optional.empty();
        }
        Said port = said("port");
        Said source = said("srcPort");
        if (port == null || source == null) {
            String rule = "a destination of connections has a port and a srcPort";
            refuse(mode, "no-port", rule, "com.df.srcPort");
            return Optional.empty();
        }
        if (EntryPorts.of(source, source.text()).isEmpty()) {
            refuse(source, "bad-port", "a port is a number from 1 to 65535", null);
            return Optional.empty();
        }
        String entryPoint = "port-" + Integer.parseInt(source.text());
        String prefix = "signalbox.tcp." + entryPoint + ".";
        words.add(new NativeWord(prefix + "entrypoint", entryPoint, mode));
        words.add(new NativeWord(prefix + "entrypoint", entryPoint, source));
        words.add(new NativeWord(prefix + "port", port.text(), port));
        names(prefix + "sni");
        servers(prefix + "service");
        needless();
        return bad
                ? Optional.empty()
                : Optional.of(
                        new Destination.Part(
                                words, List.of(), List.of(), false, Destination.Kind.CONNECTIONS));
    }

    private void names(String key) {
        Said paths = said("servicePath");
        Said domains = said("serviceDomain");
        Said algorithm = foreign.said("serviceDomainAlgo");
        boolean byName = mode.lower().equals("sni");
        if (byName && paths == null && domains == null) {
            refuse(mode, "no-route", "names stand in servicePath", "signalbox.tcp.<name>.sni");
        }
        if (byName && paths != null) {
            sni(key, paths, said("pathType"));
        } else if (!byName && paths != null) {
            foreign.needless(paths, "a connection has no path");
        }
        if (domains != null && byName && paths != null) {
            String rule = "names stand in servicePath or in serviceDomain, not in both";
            refuse(domains, "bad-sni", rule, "signalbox.tcp.<name>.sni");
        } else if (domains != null && (byName || (algorithm != null && isSni(algorithm.lower())))) {
            sni(key, domains, algorithm);
        } else if (domains != null) {
            String rule = "a connection has no Host; names of TLS are asked for by reqMode=sni";
            refuse(domains, "bad-host", rule, "signalbox.tcp.<name>.sni");
        }
    }

    private static boolean isSni(String match) {
        return match.startsWith("req_ssl_sni") || match.startsWith("req.ssl_sni");
    }

    private void sni(String key, Said from, @Nullable Said how) {
        String match = how == null ? "" : how.lower();
        List<String> names = new ArrayList<>();
        for (String one : foreign.list(from)) {
            Optional<String> name = name(match, one.toLowerCase(Locale.ROOT));
            if (name.isEmpty()) {
                String rule = "a name is exact, or all below a domain: " + one;
                refuse(how == null ? from : how, "bad-sni", rule, "signalbox.tcp.<name>.sni");
                return;
            }
            names.add(name.get());
        }
        String list = String.join(", ", names);
        words.add(new NativeWord(key, list, from));
        if (how != null) {
            words.add(new NativeWord(key, list, how));
        }
    }

    /** In the words of HAProxy's matches; empty for one that cannot be had. */
    private static Optional<String> name(String match, String text) {
        String how = isSni(match) ? match.substring("req_ssl_sni".length()) : match;
        String method = how.replace(" -i", "").strip();
        return switch (method) {
            case "", "-m str" ->
                    NAME.matcher(text).matches() ? Optional.of(text) : Optional.empty();
            case "-m end" ->
                    text.startsWith(".") && NAME.matcher("*" + text).matches()
                            ? Optional.of("*" + text)
                            : Optional.empty();
            case "-m reg" -> ofRegex(text);
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofRegex(String text) {
        Matcher matcher = NAME_REGEX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(2).replace("\\.", ".");
        boolean below = name.startsWith(".");
        boolean anchored = text.startsWith("^") && matcher.group(1) == null;
        if (below == anchored) {
            return Optional.empty();
        }
        return Optional.of(below ? "*" + name : name);
    }

    private void servers(String service) {
        Said group = said("serviceGroup");
        if (group != null) {
            words.add(new NativeWord(service, group.text(), group));
        }
        Said balance = said("balanceGroup");
        if (balance != null) {
            words.add(new NativeWord("signalbox.balance", balance.lower(), balance));
        }
        Said check = said("checkTcp");
        if (check != null && foreign.isTrue(check)) {
            words.add(new NativeWord("signalbox.check", "tcp", check));
        }
        Said tunnel = said("timeoutTunnel");
        if (tunnel != null && SECONDS.matcher(tunnel.text()).matches()) {
            words.add(new NativeWord("signalbox.timeout.tunnel", tunnel.text() + "s", tunnel));
        } else if (tunnel != null) {
            String rule = "it is a number of seconds";
            foreign.refuse(tunnel, "bad-timeout", rule, "signalbox.timeout.tunnel");
        }
    }

    private void needless() {
        for (String name : OF_REQUESTS) {
            Said said = said(name);
            if (said != null) {
                foreign.needless(said, "it is about requests, and connections come here");
            }
        }
    }
}
