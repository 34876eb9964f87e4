package io.signalbox.registry.core;

import io.signalbox.registry.core.dialect.Times;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.Access;
import io.signalbox.schemas.HttpPolicy.Auth;
import io.signalbox.schemas.HttpPolicy.Cors;
import io.signalbox.schemas.HttpPolicy.Direction;
import io.signalbox.schemas.HttpPolicy.ErrorPage;
import io.signalbox.schemas.HttpPolicy.HeaderRule;
import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.HttpPolicy.PathRules;
import io.signalbox.schemas.HttpPolicy.Rate;
import io.signalbox.schemas.HttpPolicy.Redirects;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Says of a service what is done to its requests and responses, a sentence for each thing. */
final class WhyHttp {
    private static final int SHOWN = 5;

    private final BiConsumer<String, String> reasons;

    /**
     * @param reasons takes a code and a sentence
     */
    WhyHttp(BiConsumer<String, String> reasons) {
        this.reasons = reasons;
    }

    /** In the order in which a request meets them. */
    void say(HttpPolicy http) {
        redirects(http.redirects());
        if (http.clientCertificate()) {
            reasons.accept(
                    "client-certificate",
                    "clients must show a certificate: requests without one get 403");
        }
        access(http.access());
        rate(http.rate());
        cors(http.cors());
        if (http.maintenance() != null) {
            reasons.accept("maintenance", "it is under maintenance: every request gets 503");
        }
        auth(http.auth());
        path(http.path());
        http.headers().forEach(this::header);
        hsts(http.hsts());
        if (http.compression() != null) {
            List<String> types = http.compression().types();
            reasons.accept(
                    "compression",
                    "its responses are compressed where they are "
                            + (types.isEmpty() ? "usual texts" : some(types)));
        }
        if (!http.errorPages().isEmpty()) {
            List<String> statuses =
                    http.errorPages().stream().map(ErrorPage::status).map(String::valueOf).toList();
            reasons.accept("error-pages", "it has pages of its own for " + some(statuses));
        }
    }

    private void redirects(Redirects redirects) {
        Integer https = redirects.https();
        if (https != null) {
            reasons.accept(
                    "redirect",
                    "its plain requests are sent to https (status %d)".formatted(https));
        }
        redirects
                .hosts()
                .forEach(
                        one ->
                                reasons.accept(
                                        "redirect",
                                        "requests for %s are sent to the host %s (status %d)"
                                                .formatted(
                                                        one.from().isEmpty()
                                                                ? "other hosts"
                                                                : one.from(),
                                                        one.to(),
                                                        one.status())));
        redirects
                .paths()
                .forEach(
                        one ->
                                reasons.accept(
                                        "redirect",
                                        "requests whose path fits %s are sent to %s (status %d)"
                                                .formatted(one.pattern(), one.to(), one.status())));
    }

    private void access(Access access) {
        if (access.equals(Access.NOBODY)) {
            reasons.accept(
                    "access",
                    "nobody comes in: what is said of who may is wrong, see its rejected labels");
            return;
        }
        if (!access.allow().isEmpty()) {
            reasons.accept("access", "requests may come from " + some(access.allow()) + " only");
        }
        if (!access.deny().isEmpty()) {
            reasons.accept("access", "requests may not come from " + some(access.deny()));
        }
    }

    private void rate(@Nullable Rate rate) {
        if (rate != null) {
            reasons.accept(
                    "rate",
                    "a client may send %d requests in %s"
                            .formatted(rate.requests(), Times.text(rate.per())));
        }
    }

    private void cors(@Nullable Cors cors) {
        if (cors != null) {
            reasons.accept(
                    "cors",
                    cors.origins().isEmpty()
                            ? "no foreign page may read its responses"
                            : "pages of %s may read its responses"
                                    .formatted(
                                            cors.origins().contains("*")
                                                    ? "every origin"
                                                    : some(cors.origins())));
        }
    }

    private void auth(@Nullable Auth auth) {
        if (auth == null) {
            return;
        }
        if (!auth.list().isEmpty()) {
            reasons.accept(
                    "auth",
                    "it asks for the password of a user in the list %s of each proxy"
                            .formatted(auth.list()));
            return;
        }
        reasons.accept(
                "auth",
                auth.users().isEmpty()
                        ? "nobody comes in: it asks for a password, and no user can be checked"
                        : "it asks for the password of one of its %d users"
                                .formatted(auth.users().size()));
    }

    private void path(PathRules path) {
        if (path.strip()) {
            reasons.accept("path", "the path prefix of its routes is taken away");
        }
        path.rewrites()
                .forEach(
                        one ->
                                reasons.accept(
                                        "path",
                                        "paths that fit %s become %s"
                                                .formatted(one.pattern(), one.replacement())));
        if (!path.prefix().isEmpty()) {
            reasons.accept("path", "its servers see " + path.prefix() + " before every path");
        }
    }

    private void header(HeaderRule rule) {
        String of = rule.direction() == Direction.REQUEST ? "requests" : "responses";
        reasons.accept(
                "headers",
                switch (rule.action()) {
                    case SET, ADD ->
                            "the header %s of its %s is %s"
                                    .formatted(
                                            rule.name(),
                                            of,
                                            rule.action() == HttpPolicy.HeaderAction.SET
                                                    ? "set"
                                                    : "added");
                    case DELETE ->
                            "the header %s of its %s is taken away".formatted(rule.name(), of);
                });
    }

    private void hsts(@Nullable Hsts hsts) {
        if (hsts != null) {
            reasons.accept(
                    "hsts",
                    String.format(
                            Locale.ROOT,
                            "browsers are told to use nothing but TLS for %d days%s",
                            hsts.maxAge().toDays(),
                            hsts.subdomains() ? ", for its sub-domains too" : ""));
        }
    }

    /** The first few of a list, and how many more there are. */
    private static String some(List<String> values) {
        return values.size() <= SHOWN
                ? String.join(", ", values)
                : "%s and %d more"
                        .formatted(
                                String.join(", ", values.subList(0, SHOWN)), values.size() - SHOWN);
    }
}
