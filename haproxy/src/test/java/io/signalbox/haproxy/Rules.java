package io.signalbox.haproxy;

import io.signalbox.haproxy.HeaderChange.Action;
import io.signalbox.haproxy.HeaderChange.Direction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds {@link HttpRules} for tests, from nothing. */
final class Rules {

    private final List<HeaderChange> headers = new ArrayList<>();
    private PathChanges path = PathChanges.NONE;
    private Redirects redirects = Redirects.NONE;
    private @Nullable StrictTransport strictTransport;
    private @Nullable Compression compression;
    private @Nullable BasicAuthentication authentication;
    private AccessRules access = AccessRules.NONE;
    private @Nullable RateLimit rate;
    private @Nullable CrossOrigin crossOrigin;
    private @Nullable Page maintenance;
    private final List<ErrorPage> errorPages = new ArrayList<>();

    static Rules none() {
        return new Rules();
    }

    Rules header(Direction direction, Action action, String name, String value) {
        headers.add(new HeaderChange(direction, action, name, value));
        return this;
    }

    Rules strip(String... prefixes) {
        path = new PathChanges(List.of(prefixes), path.rewrites(), path.prefix());
        return this;
    }

    Rules rewrite(String pattern, String replacement) {
        var rewrites = new ArrayList<>(path.rewrites());
        rewrites.add(new PathChanges.Rewrite(new PathPattern(pattern), replacement));
        path = new PathChanges(path.stripped(), rewrites, path.prefix());
        return this;
    }

    Rules prefix(String prefix) {
        path = new PathChanges(path.stripped(), path.rewrites(), prefix);
        return this;
    }

    Rules https(int status) {
        redirects = new Redirects(status, redirects.hosts(), redirects.paths());
        return this;
    }

    Rules toHost(String from, String to, int status) {
        var hosts = new ArrayList<>(redirects.hosts());
        hosts.add(new Redirects.ToHost(from, to, status));
        redirects = new Redirects(redirects.https(), hosts, redirects.paths());
        return this;
    }

    Rules toPath(String pattern, String to, int status) {
        var paths = new ArrayList<>(redirects.paths());
        paths.add(new Redirects.ToPath(new PathPattern(pattern), to, status));
        redirects = new Redirects(redirects.https(), redirects.hosts(), paths);
        return this;
    }

    Rules hsts(StrictTransport wanted) {
        strictTransport = wanted;
        return this;
    }

    Rules compress(String... types) {
        compression = new Compression(List.of(types));
        return this;
    }

    Rules users(String realm, BasicAuthentication.User... users) {
        authentication = new BasicAuthentication(realm, List.of(users));
        return this;
    }

    Rules allow(String... networks) {
        access = new AccessRules(networks(networks), access.deny());
        return this;
    }

    Rules deny(String... networks) {
        access = new AccessRules(access.allow(), networks(networks));
        return this;
    }

    Rules rate(RateLimit wanted) {
        rate = wanted;
        return this;
    }

    Rules cors(CrossOrigin wanted) {
        crossOrigin = wanted;
        return this;
    }

    Rules maintenance(String text) {
        maintenance = new Page(text);
        return this;
    }

    Rules error(int status, String text) {
        errorPages.add(new ErrorPage(status, new Page(text)));
        return this;
    }

    HttpRules rules() {
        return new HttpRules(
                headers,
                path,
                redirects,
                strictTransport,
                compression,
                authentication,
                access,
                rate,
                crossOrigin,
                maintenance,
                errorPages);
    }

    List<String> lines() {
        return rules().lines();
    }

    private static List<Network> networks(String... networks) {
        return List.of(networks).stream().map(Network::parse).toList();
    }
}
