package io.signalbox.registry.core.translate.dockercloud;

import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What dockercloud-haproxy's variables say of how requests are treated. */
final class Policies {
    private static final Set<String> FALSE = Set.of("", "false", "no", "off", "0");
    private static final Set<String> ALWAYS =
            Set.of(
                    "redispatch",
                    "forwardfor",
                    "httplog",
                    "tcplog",
                    "dontlognull",
                    "http-keep-alive");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern HTTP_CHECK =
            Pattern.compile("(?:([A-Z]+)\\s+)?(/\\S*)(?:\\s+HTTP/[0-9.]+)?(\\s*\\\\r\\\\n.*)?");
    private static final Pattern CHECK_HOST =
            Pattern.compile("(?i)\\s*\\\\r\\\\nHost:(?:\\\\?\\s)*([^\\s\\\\]+)\\s*");

    private final Foreign foreign;
    private final List<NativeWord> words = new ArrayList<>();

    private Policies(Foreign foreign) {
        this.foreign = foreign;
    }

    /** All native labels of it. */
    static List<NativeWord> of(Foreign foreign) {
        Policies policy = new Policies(foreign);
        policy.balance();
        policy.cookie();
        policy.passwords();
        policy.switches();
        policy.compression();
        policy.words.addAll(new ServerWords(foreign).words());
        policy.httpCheck();
        policy.transport();
        policy.options();
        return policy.words;
    }

    private void add(String key, String value, Said from) {
        words.add(new NativeWord(key, value, from));
    }

    private void balance() {
        Said said = foreign.said("BALANCE");
        if (said != null) {
            String word = said.lower().equals("static-rr") ? "roundrobin" : said.lower();
            add("signalbox.balance", word, said);
        }
    }

    private void cookie() {
        Said said = foreign.said("COOKIE");
        if (said == null) {
            return;
        }
        List<String> parts = Said.split(said.value(), ' ');
        String mode = "";
        boolean secure = false;
        boolean known = !parts.isEmpty();
        for (String part : parts.subList(Math.min(1, parts.size()), parts.size())) {
            switch (part) {
                case "insert", "rewrite", "prefix" -> {
                    known &= mode.isEmpty();
                    mode = part;
                }
                case "secure" -> secure = true;
                case "indirect", "nocache", "postonly", "preserve", "httponly" -> {}
                default -> known = false;
            }
        }
        if (!known || mode.isEmpty()) {
            String rule = "it is a name and insert, rewrite or prefix";
            foreign.refuse(said, "bad-sticky", rule, "signalbox.sticky");
            return;
        }
        add("signalbox.sticky", mode, said);
        add("signalbox.sticky.cookie", parts.getFirst(), said);
        if (secure) {
            add("signalbox.sticky.secure", "true", said);
        }
    }

    private void passwords() {
        List<Said> all = new ArrayList<>();
        for (String key : foreign.keys()) {
            if (key.startsWith("HTTP_BASIC_AUTH")) {
                all.add(foreign.known(key));
            }
        }
        String users = String.join(",", all.stream().map(Said::value).toList());
        all.forEach(said -> add("signalbox.auth.users", users, said));
        Said excluded = foreign.said("EXCLUDE_BASIC_AUTH");
        if (excluded != null && all.isEmpty()) {
            foreign.needless(excluded, "no password is asked for unless the service says so");
        } else if (excluded != null) {
            foreign.refuse(
                    excluded,
                    "contradiction",
                    "the container asks for passwords itself: without them it needs to say neither",
                    null);
        }
    }

    private void switches() {
        toggle("FAILOVER", "signalbox.server.backup", "true");
        toggle("FORCE_SSL", "signalbox.redirect.https", "301");
    }

    private void toggle(String name, String key, String value) {
        Said said = foreign.said(name);
        if (said != null && FALSE.contains(said.lower())) {
            foreign.needless(said, "it is so anyway");
        } else if (said != null) {
            add(key, value, said);
        }
    }

    private void compression() {
        Said said = foreign.said("GZIP_COMPRESSION_TYPE");
        if (said != null) {
            List<String> types = Said.split(said.value().replace(',', ' '), ' ');
            add("signalbox.compress", String.join(", ", types), said);
        }
    }

    private void httpCheck() {
        Said said = foreign.said("HTTP_CHECK");
        if (said == null) {
            return;
        }
        Matcher matcher = HTTP_CHECK.matcher(said.text());
        String host = null;
        boolean known = matcher.matches();
        if (known) {
            String method = matcher.group(1) == null ? "GET" : matcher.group(1);
            known = method.equals("GET") || method.equals("HEAD");
            host = host(matcher.group(3));
            known &= host != null;
        }
        if (!known || host == null) {
            String rule = "it is GET or HEAD of a path, and at most a Host";
            foreign.refuse(said, "bad-check", rule, "signalbox.check.path");
            return;
        }
        add("signalbox.check", "http", said);
        add("signalbox.check.path", matcher.group(2), said);
        if (!host.isEmpty()) {
            add("signalbox.check.host", host, said);
        }
    }

    /** Empty for none, null for what is no host. */
    private static @Nullable String host(@Nullable String headers) {
        if (headers == null) {
            return "";
        }
        Matcher matcher = CHECK_HOST.matcher(headers);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private void transport() {
        Said said = foreign.said("HSTS_MAX_AGE");
        if (said != null && SECONDS.matcher(said.text()).matches()) {
            add("signalbox.hsts", "max-age=" + said.text() + "; includeSubDomains", said);
        } else if (said != null) {
            foreign.refuse(said, "bad-hsts", "it is a number of seconds", "signalbox.hsts");
        }
    }

    private void options() {
        Said said = foreign.said("OPTION");
        for (String option : said == null ? List.<String>of() : said.list()) {
            Said one = new Said("OPTION", option);
            if (ALWAYS.contains(option.toLowerCase(Locale.ROOT))) {
                foreign.needless(one, "it is always so");
            } else {
                String rule = "only what is always so is an option here";
                foreign.refuse(one, "not-followed", rule, null);
            }
        }
    }
}
