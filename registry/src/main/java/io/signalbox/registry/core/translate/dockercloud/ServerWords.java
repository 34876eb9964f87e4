package io.signalbox.registry.core.translate.dockercloud;

import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** HAProxy's words about servers and their checks, in HEALTH_CHECK and EXTRA_ROUTE_SETTINGS. */
final class ServerWords {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");
    private static final Pattern TIME = Pattern.compile("[0-9]{1,8}(ms|s|m|h)?");
    private static final Map<String, String> TIMES =
            Map.of("inter", "signalbox.check.interval", "slowstart", "signalbox.server.slowstart");
    private static final Map<String, String> NUMBERS =
            Map.of(
                    "rise", "signalbox.check.rise",
                    "fall", "signalbox.check.fall",
                    "maxconn", "signalbox.server.maxconn",
                    "weight", "signalbox.server.weight");
    private static final Map<String, String> ALONE =
            Map.of(
                    "send-proxy", "signalbox.server.proxy-protocol=v1",
                    "send-proxy-v2", "signalbox.server.proxy-protocol=v2",
                    "backup", "signalbox.server.backup=true");

    private final Foreign foreign;
    private final List<NativeWord> words = new ArrayList<>();

    ServerWords(Foreign foreign) {
        this.foreign = foreign;
    }

    /** All that is known of them. */
    List<NativeWord> words() {
        Said check = foreign.said("HEALTH_CHECK");
        if (check != null) {
            boolean checked = read(check);
            if (foreign.said("HTTP_CHECK") == null) {
                words.add(new NativeWord("signalbox.check", checked ? "tcp" : "none", check));
            }
        }
        Said settings = foreign.said("EXTRA_ROUTE_SETTINGS");
        if (settings != null && read(settings) && check == null) {
            foreign.needless(new Said(settings.key(), "check"), "servers are checked anyway");
        }
        return words;
    }

    /** Reads the words; whether servers are checked. */
    private boolean read(Said said) {
        List<String> parts = Said.split(said.value(), ' ');
        boolean checked = false;
        boolean tls = parts.contains("ssl") && said.value().contains("verify none");
        for (int i = 0; i < parts.size(); i++) {
            String word = parts.get(i);
            String next = i + 1 < parts.size() ? parts.get(i + 1) : "";
            if (word.equals("check")) {
                checked = true;
            } else if (NUMBERS.containsKey(word) && NUMBER.matcher(next).matches()) {
                add(NUMBERS.getOrDefault(word, ""), next, said);
                i++;
            } else if (TIMES.containsKey(word) && TIME.matcher(next).matches()) {
                boolean bare = NUMBER.matcher(next).matches();
                add(TIMES.getOrDefault(word, ""), bare ? next + "ms" : next, said);
                i++;
            } else if (ALONE.containsKey(word)) {
                String[] made = ALONE.getOrDefault(word, "=").split("=", -1);
                add(made[0], made[1], said);
            } else if (tls && word.equals("ssl")) {
                add("signalbox.server.protocol", "https", said);
            } else if (tls && word.equals("verify")) {
                i++;
            } else {
                Said one = new Said(said.key(), word);
                foreign.refuse(one, "not-followed", "this word is not followed", null);
            }
        }
        return checked;
    }

    private void add(String key, String value, Said from) {
        words.add(new NativeWord(key, value, from));
    }
}
