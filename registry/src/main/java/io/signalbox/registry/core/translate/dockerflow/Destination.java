package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.translate.EntryPorts;
import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Patterns;
import io.signalbox.registry.core.translate.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one destination of {@code com.df.*}: what leads to it, and what holds for it alone. */
final class Destination {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final Foreign foreign;
    private final int index;
    private final List<NativeWord> policy = new ArrayList<>();
    private boolean bad;

    /**
     * What goes to one port.
     *
     * @param policy what holds for it besides what holds for all, its port among it
     * @param routes what each asks for, by keys behind its name
     * @param asked what all of them ask for besides host and path
     * @param open whether no password is asked for
     * @param kind of what goes there
     */
    record Part(
            List<NativeWord> policy,
            List<List<NativeWord>> routes,
            List<NativeWord> asked,
            boolean open,
            Kind kind) {}

    /** What goes to a port. */
    enum Kind {
        REQUESTS,
        /** Requests through TLS alone. */
        SECURE_REQUESTS,
        CONNECTIONS
    }

    private Destination(Foreign foreign, int index) {
        this.foreign = foreign;
        this.index = index;
    }

    /** The destination's ports, none where it is not followed. */
    static List<Part> read(Foreign foreign, int index) {
        return new Destination(foreign, index).parts();
    }

    private @Nullable Said said(String name) {
        return Key.said(foreign, name, index);
    }

    private boolean isTrue(String name) {
        return foreign.isTrue(said(name));
    }

    private void refuse(@Nullable Said said, String code, String rule, @Nullable String other) {
        Said from = said == null ? foreign.known("notify") : said;
        foreign.refuse(from, code, rule, other);
        bad = true;
    }

    private List<Part> parts() {
        Said mode = said("reqMode");
        if (mode != null && !mode.lower().equals("http")) {
            return TcpDestination.read(foreign, index, mode).stream().toList();
        }
        if (mode != null) {
            foreign.needless(mode, "HTTP is what is served");
        }
        for (String name : TcpDestination.OWN) {
            unused(name, "it is about reqMode tcp and sni");
        }
        List<NativeWord> asked = asked();
        List<List<NativeWord>> ways = ways();
        treatment();
        Said ignored = said("ignoreAuthorization");
        boolean open = foreign.isTrue(ignored);
        if (open && ignored != null) {
            foreign.needless(ignored, "no password is asked for here");
        }
        List<Part> parts = ports(asked, ways, open);
        return bad ? List.of() : parts;
    }

    private List<Part> ports(List<NativeWord> asked, List<List<NativeWord>> ways, boolean open) {
        Said port = said("port");
        Said httpsPort = said("httpsPort");
        if (port == null && httpsPort == null) {
            refuse(null, "no-port", "a destination has a port or an httpsPort", "com.df.port");
            return List.of();
        }
        boolean denied = isTrue("denyHttp");
        Optional<NativeWord> entry = entry("srcPort");
        List<Part> parts = new ArrayList<>();
        if (port != null) {
            List<NativeWord> conditions = new ArrayList<>(asked);
            if (httpsPort != null && entry.isEmpty()) {
                conditions.add(new NativeWord("scheme", "http", httpsPort));
            }
            entry.ifPresent(conditions::add);
            parts.add(part(port, ways, scheme(conditions, denied), open));
        }
        if (httpsPort != null) {
            List<NativeWord> conditions = new ArrayList<>(asked);
            conditions.add(
                    entry("srcHttpsPort")
                            .orElseGet(() -> new NativeWord("scheme", "https", httpsPort)));
            parts.add(part(httpsPort, ways, conditions, open));
        } else {
            unused("srcHttpsPort", "there is no httpsPort");
        }
        return parts;
    }

    private void unused(String name, String why) {
        Said said = said(name);
        if (said != null) {
            foreign.needless(said, why);
        }
    }

    private Part part(
            Said port, List<List<NativeWord>> ways, List<NativeWord> conditions, boolean open) {
        List<NativeWord> all = new ArrayList<>(policy);
        all.add(new NativeWord("signalbox.port", port.text(), port));
        List<List<NativeWord>> routes = new ArrayList<>();
        for (List<NativeWord> way : ways) {
            List<NativeWord> route = new ArrayList<>(way);
            route.addAll(conditions);
            routes.add(route);
        }
        boolean secure = port.key().startsWith("httpsPort");
        Kind kind = secure ? Kind.SECURE_REQUESTS : Kind.REQUESTS;
        return new Part(all, routes, conditions, open, kind);
    }

    private Optional<NativeWord> entry(String name) {
        Said said = said(name);
        if (said == null) {
            return Optional.empty();
        }
        Optional<NativeWord> entry = EntryPorts.of(said, said.text());
        if (entry.isEmpty()) {
            refuse(said, "bad-port", "a port is a number from 1 to 65535", null);
        }
        return entry;
    }

    /** Where plain requests are denied, only what may come through TLS is left. */
    private List<NativeWord> scheme(List<NativeWord> conditions, boolean denied) {
        if (!denied) {
            return conditions;
        }
        Said said = said("denyHttp");
        for (NativeWord word : conditions) {
            if (word.key().equals("scheme")) {
                if (word.value().equals("http")) {
                    refuse(said, "contradiction", "only plain requests would come here", null);
                }
                return conditions;
            }
        }
        Said from = said == null ? foreign.known("denyHttp") : said;
        conditions.add(new NativeWord("scheme", "https", from));
        return conditions;
    }

    /** Host and path of each route. */
    private List<List<NativeWord>> ways() {
        Said domains = said("serviceDomain");
        Said paths = said("servicePath");
        Said algorithm = foreign.said("serviceDomainAlgo");
        Said all = foreign.said("serviceDomainMatchAll");
        boolean matchAll = algorithm == null && foreign.isTrue(all);
        if (algorithm != null && all != null) {
            foreign.needless(all, "serviceDomainAlgo says it");
        }
        Said way = matchAll ? new Said("serviceDomainMatchAll", "hdr_dom(host)") : algorithm;
        List<String> names = new ArrayList<>(foreign.list(domains));
        names.addAll(redirected(names));
        Optional<List<String>> hosts = Hosts.of(way, names);
        if (hosts.isEmpty()) {
            String rule = "it is hdr, hdr_beg, hdr_dom, hdr_end, hdr_sub or hdr_reg of host";
            refuse(algorithm, "bad-host", rule, "signalbox.host");
            return List.of();
        }
        List<NativeWord> ofHosts = new ArrayList<>();
        for (String host : hosts.get()) {
            ofHosts.add(
                    new NativeWord(
                            "host",
                            host,
                            domains == null ? foreign.known("serviceDomain") : domains));
        }
        return crossed(ofHosts, ofPaths(paths));
    }

    private List<List<NativeWord>> crossed(List<NativeWord> hosts, List<NativeWord> paths) {
        List<List<NativeWord>> ways = new ArrayList<>();
        if (hosts.isEmpty()) {
            paths.forEach(path -> ways.add(with(path)));
        } else if (paths.isEmpty()) {
            hosts.forEach(host -> ways.add(with(host)));
        }
        for (NativeWord host : hosts) {
            for (NativeWord path : paths) {
                List<NativeWord> way = new ArrayList<>(with(host));
                way.addAll(with(path));
                ways.add(way);
            }
        }
        if (ways.isEmpty() && !bad && !foreign.known("isDefaultBackend").isTrue()) {
            String rule = "a destination has a servicePath or a serviceDomain";
            refuse(said("port"), "no-route", rule, "com.df.servicePath");
        }
        return ways;
    }

    /** The word and before it the same from what says how it is meant. */
    private List<NativeWord> with(NativeWord word) {
        Said algorithm = foreign.said("serviceDomainAlgo");
        Said ofHost = algorithm == null ? foreign.said("serviceDomainMatchAll") : algorithm;
        Said how = word.key().equals("host") ? ofHost : said("pathType");
        return how == null
                ? List.of(word)
                : List.of(new NativeWord(word.key(), word.value(), how), word);
    }

    private List<NativeWord> ofPaths(@Nullable Said paths) {
        Said type = said("pathType");
        List<NativeWord> words = new ArrayList<>();
        for (String path : foreign.list(paths)) {
            Optional<String> one = Paths.of(type, path);
            if (one.isEmpty() || paths == null) {
                String rule =
                        "it is path_beg, path, path_end, path_sub, path_dir or a path_reg whose"
                                + " anchors hold for all of it";
                refuse(type, "bad-path", rule, "signalbox.path");
                return List.of();
            }
            words.add(new NativeWord("path", one.get(), paths));
        }
        return words;
    }

    /** The hosts that are sent to the first domain. */
    private List<String> redirected(List<String> domains) {
        Said from = said("redirectFromDomain");
        List<String> hosts = foreign.list(from);
        if (from == null || hosts.isEmpty()) {
            return List.of();
        }
        String to = domains.isEmpty() ? "*" : domains.getFirst();
        if (to.indexOf('*') >= 0) {
            refuse(from, "bad-redirect", "it leads to the first serviceDomain, without '*'", null);
            return List.of();
        }
        List<String> redirects = hosts.stream().map(host -> host + " " + to + " 301").toList();
        policy.add(new NativeWord("signalbox.redirect.host", String.join(", ", redirects), from));
        return hosts;
    }

    /** What routes ask for besides host, path and entry. */
    private List<NativeWord> asked() {
        List<NativeWord> asked = new ArrayList<>();
        Said excluded = said("servicePathExclude");
        if (excluded != null && said("pathType") != null) {
            String rule = "excluded paths are prefixes by whole segments: there is no pathType";
            refuse(excluded, "bad-path", rule, "signalbox.path.exclude");
        } else if (excluded != null) {
            String paths = String.join(", ", foreign.list(excluded));
            asked.add(new NativeWord("path.exclude", paths, excluded));
        }
        headers(asked);
        agents(asked);
        methods(asked);
        return asked;
    }

    private void headers(List<NativeWord> asked) {
        Said said = said("serviceHeader");
        for (String one : foreign.list(said)) {
            int colon = one.indexOf(':');
            if (colon < 1 || said == null) {
                refuse(said, "bad-header", "it is made of name:value", "signalbox.header.<field>");
                continue;
            }
            String value = one.substring(colon + 1).strip();
            boolean pattern = value.startsWith("~") || value.indexOf('*') >= 0;
            String text = pattern ? "~" + Patterns.literal(value) : value;
            asked.add(new NativeWord("header." + one.substring(0, colon).strip(), text, said));
        }
    }

    private void agents(List<NativeWord> asked) {
        Said said = said("userAgent");
        List<String> agents = foreign.list(said).stream().map(Patterns::literal).toList();
        if (said != null && !agents.isEmpty()) {
            String one =
                    agents.size() == 1 ? agents.getFirst() : "(" + String.join("|", agents) + ")";
            asked.add(new NativeWord("header.user-agent", "~.*" + one + ".*", said));
        }
    }

    private void methods(List<NativeWord> asked) {
        Said allowed = said("allowedMethods");
        Said denied = said("deniedMethods");
        if (allowed == null && denied == null) {
            return;
        }
        TreeSet<String> methods = new TreeSet<>();
        for (String method : allowed == null ? METHODS : foreign.list(allowed)) {
            methods.add(method.toUpperCase(java.util.Locale.ROOT));
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        for (String method : foreign.list(denied)) {
            methods.remove(method.toUpperCase(java.util.Locale.ROOT));
        }
        if (methods.isEmpty()) {
            refuse(allowed == null ? denied : allowed, "bad-method", "no method is left", null);
            return;
        }
        for (Said from : new Said[] {allowed, denied}) {
            if (from != null) {
                asked.add(new NativeWord("method", String.join(", ", methods), from));
            }
        }
    }

    /** What is done with requests that come here. */
    private void treatment() {
        https();
        Said verify = said("verifyClientSsl");
        if (foreign.isTrue(verify) && verify != null) {
            policy.add(new NativeWord("signalbox.client-certificate", "required", verify));
        }
        seconds("timeoutServer", "signalbox.timeout.server");
        seconds("timeoutTunnel", "signalbox.timeout.tunnel");
        Said tls = said("sslVerifyNone");
        if (foreign.isTrue(tls) && tls != null) {
            policy.add(new NativeWord("signalbox.server.protocol", "https", tls));
        }
        new Rewrite(foreign, policy).read(said("reqPathSearchReplace"));
    }

    private void https() {
        Said code = said("httpsRedirectCode");
        String status = code == null ? "302" : code.text();
        boolean redirected = false;
        for (String name :
                List.of("httpsOnly", "redirectWhenHttpProto", "redirectUnlessHttpsProto")) {
            Said said = said(name);
            if (foreign.isTrue(said) && said != null) {
                policy.add(new NativeWord("signalbox.redirect.https", status, said));
                redirected = true;
            }
        }
        if (code != null && redirected) {
            policy.add(new NativeWord("signalbox.redirect.https", status, code));
        } else if (code != null) {
            foreign.needless(code, "nothing is redirected");
        }
    }

    private void seconds(String name, String key) {
        Said said = said(name);
        if (said != null && SECONDS.matcher(said.text()).matches()) {
            policy.add(new NativeWord(key, said.text() + "s", said));
        } else if (said != null) {
            foreign.refuse(said, "bad-timeout", "it is a number of seconds", key);
        }
    }
}
