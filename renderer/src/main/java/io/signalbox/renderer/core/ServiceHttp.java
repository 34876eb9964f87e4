package io.signalbox.renderer.core;

import io.signalbox.haproxy.AccessRules;
import io.signalbox.haproxy.BasicAuthentication;
import io.signalbox.haproxy.Compression;
import io.signalbox.haproxy.CrossOrigin;
import io.signalbox.haproxy.ErrorPage;
import io.signalbox.haproxy.HeaderChange;
import io.signalbox.haproxy.HttpRules;
import io.signalbox.haproxy.Network;
import io.signalbox.haproxy.Page;
import io.signalbox.haproxy.PathChanges;
import io.signalbox.haproxy.PathPattern;
import io.signalbox.haproxy.RateLimit;
import io.signalbox.haproxy.Redirects;
import io.signalbox.haproxy.UserListName;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.RouteMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds what is done to a service's requests and responses to the text of its backend, but for what
 * {@link ServiceLive} says. A service that says nothing of it keeps the text as it is.
 */
final class ServiceHttp {
    private ServiceHttp() {}

    /**
     * The text with the lines of the policy behind it.
     *
     * @param routes those that lead to the service: what of a path may be taken away
     * @throws io.signalbox.haproxy.IllegalValue when HAProxy cannot have what is said
     */
    static List<String> added(List<String> backend, HttpPolicy policy, List<HeldRoute> routes) {
        if (policy.equals(HttpPolicy.NONE)) {
            return backend;
        }
        List<String> text = new ArrayList<>(backend);
        text.addAll(rules(policy, routes).lines());
        return List.copyOf(text);
    }

    private static HttpRules rules(HttpPolicy policy, List<HeldRoute> routes) {
        HttpPolicy.Access access = policy.access();
        return new HttpRules(
                policy.headers().stream().map(ServiceHttp::header).toList(),
                path(policy.path(), routes),
                redirects(policy.redirects()),
                null,
                said(policy.compression(), compression -> new Compression(compression.types())),
                said(policy.auth(), ServiceHttp::authentication),
                new AccessRules(networks(access.allow()), networks(access.deny())),
                said(policy.rate(), rate -> new RateLimit(rate.requests(), rate.per())),
                said(policy.cors(), ServiceHttp::crossOrigin),
                said(policy.maintenance(), ServiceHttp::maintenance),
                policy.errorPages().stream()
                        .map(page -> new ErrorPage(page.status(), new Page(page.text())))
                        .toList());
    }

    private static <S, T> @Nullable T said(@Nullable S said, Function<S, T> inTheWordsOfHaproxy) {
        return said == null ? null : inTheWordsOfHaproxy.apply(said);
    }

    private static HeaderChange header(HttpPolicy.HeaderRule rule) {
        return new HeaderChange(
                switch (rule.direction()) {
                    case REQUEST -> HeaderChange.Direction.REQUEST;
                    case RESPONSE -> HeaderChange.Direction.RESPONSE;
                },
                switch (rule.action()) {
                    case ADD -> HeaderChange.Action.ADD;
                    case SET -> HeaderChange.Action.SET;
                    case DELETE -> HeaderChange.Action.DELETE;
                },
                rule.name(),
                rule.value());
    }

    private static PathChanges path(HttpPolicy.PathRules rules, List<HeldRoute> routes) {
        return new PathChanges(
                rules.strip()
                        ? routes.stream()
                                .filter(ServiceHttp::hasPath)
                                .map(HeldRoute::path)
                                .distinct()
                                .toList()
                        : List.of(),
                rules.rewrites().stream()
                        .map(
                                rewrite ->
                                        new PathChanges.Rewrite(
                                                new PathPattern(rewrite.pattern()),
                                                rewrite.replacement()))
                        .toList(),
                rules.prefix());
    }

    /** Whether the route's path is one, not a pattern of paths. */
    private static boolean hasPath(HeldRoute route) {
        RouteMatch match = route.match();
        return match == null
                || switch (match.pathKind()) {
                    case PREFIX, BEGINNING, EXACT -> !route.path().endsWith("/");
                    case WILDCARD, REGEX -> false;
                };
    }

    private static Redirects redirects(HttpPolicy.Redirects redirects) {
        return new Redirects(
                null,
                redirects.hosts().stream()
                        .map(one -> new Redirects.ToHost(one.from(), one.to(), one.status()))
                        .toList(),
                redirects.paths().stream()
                        .map(
                                one ->
                                        new Redirects.ToPath(
                                                new PathPattern(one.pattern()),
                                                one.to(),
                                                one.status()))
                        .toList());
    }

    private static BasicAuthentication authentication(HttpPolicy.Auth auth) {
        return new BasicAuthentication(
                auth.realm(),
                auth.users().stream()
                        .map(user -> new BasicAuthentication.User(user.name(), user.hash()))
                        .toList(),
                auth.list().isEmpty() ? null : new UserListName(auth.list()));
    }

    private static List<Network> networks(List<String> networks) {
        return networks.stream().map(Network::new).toList();
    }

    private static CrossOrigin crossOrigin(HttpPolicy.Cors cors) {
        return new CrossOrigin(
                cors.origins(),
                cors.methods(),
                cors.headers(),
                cors.exposed(),
                cors.credentials(),
                cors.maxAge());
    }

    private static Page maintenance(HttpPolicy.Maintenance maintenance) {
        return new Page(maintenance.text());
    }
}
