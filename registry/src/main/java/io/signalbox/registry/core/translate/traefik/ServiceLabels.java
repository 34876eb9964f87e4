package io.signalbox.registry.core.translate.traefik;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is said of one service and its servers. */
final class ServiceLabels {
    private static final String OF = "loadbalancer.";
    private static final Map<String, String> BALANCE =
            Map.of("wrr", "roundrobin", "p2c", "random", "hrw", "source", "leasttime", "leastconn");
    private static final Map<String, String> PLAIN =
            Map.of(
                    "server.port", "signalbox.port",
                    "server.weight", "signalbox.server.weight",
                    "healthcheck.path", "signalbox.check.path",
                    "healthcheck.hostname", "signalbox.check.host",
                    "healthcheck.status", "signalbox.check.status");

    private final Props props;
    private final Draft draft;

    private ServiceLabels(Props props, Draft draft) {
        this.props = props;
        this.draft = draft;
    }

    static void of(Props props, Draft draft) {
        ServiceLabels service = new ServiceLabels(props, draft);
        PLAIN.forEach(
                (word, key) ->
                        service.said(word)
                                .ifPresent(one -> draft.put(key, one.value().strip(), one)));
        service.said("server.scheme").ifPresent(service::scheme);
        service.said("strategy").ifPresent(service::strategy);
        service.said("passhostheader").ifPresent(service::host);
        service.sticky();
        service.check();
    }

    private Optional<Said> said(String word) {
        return props.get(OF + word);
    }

    private void scheme(Said said) {
        switch (said.value().strip().toLowerCase(Locale.ROOT)) {
            case "http" -> draft.notNeeded(said, "servers speak http unless said otherwise");
            case "https", "h2c" ->
                    draft.put(
                            "signalbox.server.protocol",
                            said.value().strip().toLowerCase(Locale.ROOT),
                            said);
            default -> draft.close(said, "bad-server", "it is http, https or h2c", null);
        }
    }

    private void strategy(Said said) {
        String balance = BALANCE.get(said.value().strip().toLowerCase(Locale.ROOT));
        if (balance == null) {
            draft.refuse(
                    said, "bad-balance", "it is wrr, p2c, hrw or leasttime", "signalbox.balance");
        } else {
            draft.put("signalbox.balance", balance, said);
        }
    }

    private void host(Said said) {
        if (said.isTrue()) {
            draft.notNeeded(said, "servers always see the client's Host");
        } else {
            draft.refuse(said, "unsupported", "servers always see the client's Host", null);
        }
    }

    private void sticky() {
        for (String word : List.of("sticky", "sticky.cookie")) {
            Optional<Said> said = said(word);
            if (said.filter(Said::isFalse).isPresent()) {
                said.ifPresent(
                        one -> draft.notNeeded(one, "clients stay with no server unless asked"));
            } else {
                said.ifPresent(one -> draft.put("signalbox.sticky", "true", one));
            }
        }
        said("sticky.cookie.name")
                .ifPresent(
                        one -> {
                            draft.put("signalbox.sticky", "true", one);
                            draft.put("signalbox.sticky.cookie", one.value().strip(), one);
                        });
        said("sticky.cookie.secure")
                .ifPresent(
                        one -> {
                            draft.put("signalbox.sticky", "true", one);
                            draft.put("signalbox.sticky.secure", one.value(), one);
                        });
    }

    private void check() {
        said("healthcheck.interval")
                .ifPresent(
                        one ->
                                draft.put(
                                        "signalbox.check.interval",
                                        GoTime.text(one.value()).orElse(one.value()),
                                        one));
        only("healthcheck.method", "GET", "a check is a GET");
        only("healthcheck.mode", "http", "a check is by HTTP");
    }

    /** Another one would take all servers out: there is no check by HTTP then. */
    private void only(String word, String value, String rule) {
        said(word)
                .ifPresent(
                        one -> {
                            if (one.value().strip().equalsIgnoreCase(value)) {
                                draft.notNeeded(one, rule);
                            } else {
                                draft.refuse(one, "bad-check", rule + "; it is left out", null);
                                draft.remove("signalbox.check.");
                            }
                        });
    }
}
