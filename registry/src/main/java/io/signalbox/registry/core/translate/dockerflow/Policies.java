package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code com.df.*} says of a whole service, the passwords aside. */
final class Policies {
    private static final Map<String, String> HEADERS =
            Map.of(
                    "addReqHeader", "request.add",
                    "setReqHeader", "request.set",
                    "delReqHeader", "request.delete",
                    "addResHeader", "response.add",
                    "setResHeader", "response.set",
                    "delResHeader", "response.delete",
                    "addHeader", "request.add",
                    "setHeader", "request.set");

    private final Foreign foreign;
    private final List<NativeWord> words = new ArrayList<>();

    private Policies(Foreign foreign) {
        this.foreign = foreign;
    }

    /** All native labels of it. */
    static List<NativeWord> of(Foreign foreign) {
        Policies policy = new Policies(foreign);
        policy.add("signalbox.enable", "true", foreign.said("notify"));
        policy.where();
        policy.sticky();
        policy.compression();
        policy.connection();
        HeaderText headers = new HeaderText(foreign);
        HEADERS.keySet().stream()
                .sorted()
                .forEach(
                        key -> {
                            Said said = foreign.said(key);
                            if (said != null) {
                                headers.read(said, HEADERS.getOrDefault(key, ""));
                            }
                        });
        policy.words.addAll(headers.words());
        return policy.words;
    }

    private void add(String key, String value, @Nullable Said from) {
        if (from != null) {
            words.add(new NativeWord(key, value, from));
        }
    }

    private void where() {
        Said group = foreign.said("proxyInstanceName");
        if (group != null && group.text().equals("docker-flow")) {
            foreign.needless(group, "it is the proxy's usual name: the group is the default one");
        } else if (group != null) {
            add("signalbox.group", group.text(), group);
        }
        Said network = foreign.said("scrapeNetwork");
        add("signalbox.network", network == null ? "" : network.text(), network);
    }

    private void sticky() {
        Said type = foreign.said("sessionType");
        if (type != null && type.text().equals("sticky-server")) {
            add("signalbox.sticky", "true", type);
        } else if (type != null) {
            foreign.refuse(type, "bad-sticky", "it is 'sticky-server'", "signalbox.sticky");
        }
    }

    private void compression() {
        Said algorithm = foreign.said("compressionAlgo");
        Said types = foreign.said("compressionType");
        if (algorithm == null || !algorithm.lower().equals("gzip")) {
            Said wrong = algorithm == null ? types : algorithm;
            if (wrong != null) {
                String rule = "responses are compressed with gzip, which compressionAlgo must say";
                foreign.refuse(wrong, "bad-compress", rule, "signalbox.compress");
            }
            return;
        }
        if (types == null) {
            add("signalbox.compress", "true", algorithm);
            return;
        }
        String list = String.join(", ", Said.split(types.value().replace(',', ' '), ' '));
        add("signalbox.compress", list, types);
        foreign.needless(algorithm, "responses of compressionType are compressed with gzip");
    }

    private void connection() {
        Said mode = foreign.said("connectionMode");
        if (mode != null && mode.lower().equals("http-keep-alive")) {
            foreign.needless(mode, "connections are kept anyway");
        } else if (mode != null) {
            String rule = "connections are kept and used again; no label changes that";
            foreign.refuse(mode, "not-followed", rule, null);
        }
    }

    /** The passwords; empty for none. */
    static Optional<NativeWord> users(Foreign foreign) {
        Said users = foreign.said("users");
        Said secret = foreign.said("usersSecret");
        if (users == null && secret != null) {
            return Optional.of(new NativeWord("signalbox.auth.list", secret.text(), secret));
        }
        if (secret != null) {
            String rule = "only users with a password come in, without those of the list";
            foreign.refuse(secret, "no-secret", rule, "signalbox.auth.list");
        }
        return users == null
                ? Optional.empty()
                : Optional.of(new NativeWord("signalbox.auth.users", users.value(), users));
    }
}
