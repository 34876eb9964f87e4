package io.signalbox.registry.core.translate.nginxproxy;

import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Said;
import java.util.ArrayList;
import java.util.List;

/** What nginx-proxy's variables say of all that a container serves. */
final class Policies {
    private static final String INTERNAL = "127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16";

    private final Foreign foreign;
    private final List<NativeWord> words = new ArrayList<>();

    private Policies(Foreign foreign) {
        this.foreign = foreign;
    }

    /** All native labels of it. */
    static List<NativeWord> of(Foreign foreign) {
        Policies policy = new Policies(foreign);
        policy.access();
        policy.https();
        Said hsts = foreign.said("HSTS");
        if (hsts != null && hsts.lower().equals("off")) {
            foreign.needless(hsts, "it is so anyway");
        } else if (hsts != null) {
            policy.add("signalbox.hsts", hsts.text(), hsts);
        }
        return policy.words;
    }

    private void add(String key, String value, Said from) {
        words.add(new NativeWord(key, value, from));
    }

    private void access() {
        Said said = foreign.said("NETWORK_ACCESS");
        if (said == null) {
            return;
        }
        switch (said.lower()) {
            case "internal" -> add("signalbox.allow", INTERNAL, said);
            case "external" -> foreign.needless(said, "requests may come from everywhere anyway");
            default -> {
                String rule = "it is internal or external";
                foreign.refuseWhole(said, "bad-access", rule, "signalbox.allow");
            }
        }
    }

    private void https() {
        Said said = foreign.said("HTTPS_METHOD");
        if (said == null) {
            return;
        }
        switch (said.lower()) {
            case "redirect" -> add("signalbox.redirect.https", "308", said);
            case "noredirect" -> foreign.needless(said, "it is so anyway");
            case "nohttp" -> add("signalbox.scheme", "https", said);
            case "nohttps" -> add("signalbox.scheme", "http", said);
            default -> {
                String rule = "it is redirect, noredirect, nohttp or nohttps";
                foreign.refuseWhole(said, "bad-method", rule, "signalbox.redirect.https");
            }
        }
    }
}
