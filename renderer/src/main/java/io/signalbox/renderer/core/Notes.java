package io.signalbox.renderer.core;

import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.ConfigRecord.Note;

/** The reasons why something is left out, with stable codes. */
final class Notes {
    private Notes() {}

    static Note notRunning(String subject, String state) {
        return new Note("not-running", subject, "its state is " + state);
    }

    static Note paused(String subject) {
        return new Note("paused", subject, "it is paused");
    }

    static Note notHealthy(String subject, String health) {
        return new Note("not-healthy", subject, "its health is " + health + ", not healthy");
    }

    static Note oneOff(String subject) {
        return new Note("one-off", subject, "it is a one-off container of Compose");
    }

    static Note noNetwork(String subject) {
        return new Note("no-network", subject, "it is attached to no network");
    }

    static Note networkMissing(String subject, String network) {
        return new Note("network-missing", subject, "it is not attached to the network " + network);
    }

    static Note networkChosen(String subject, String network, int of) {
        String message =
                "of its "
                        + of
                        + " networks "
                        + network
                        + " is used, the first by name;"
                        + " signalbox.network chooses another";
        return new Note("network-chosen", subject, message);
    }

    static Note networkOfMissing(String subject, String other) {
        return new Note(
                "network-of-missing",
                subject,
                "it uses the network of the container " + other + ", which is not running");
    }

    static Note noAddress(String subject, String mode) {
        return new Note(
                "no-address", subject, "it has no usable address in the address mode " + mode);
    }

    static Note badAddress(String subject, String why) {
        return new Note("bad-address", subject, why);
    }

    static Note badRoute(String subject, String why) {
        return new Note("bad-route", subject, why);
    }

    static Note noRoute(String subject) {
        return new Note("no-route", subject, "it has neither a host nor a path: it is not routed");
    }

    static Note routeTaken(String route, RouteTable.Holder holder) {
        return new Note(
                "route-taken",
                route,
                "the service " + holder.service() + " has it since " + holder.since());
    }

    static Note otherShare(String route, int given, int wanted) {
        return new Note(
                "share-changed",
                route,
                "it gets %d percent, not %d: all shares together make 100, the older claims first"
                        .formatted(given, wanted));
    }

    static Note noShare(String route) {
        return new Note("no-share", route, "it gets no requests of it: its share is 0 percent");
    }

    /**
     * @param whose who has no more room for it
     */
    static Note tooManyRules(String whose, RoutePattern route, int most) {
        return new Note(
                "too-many-rules",
                route.text(),
                "a "
                        + whose
                        + " has at most "
                        + most
                        + " routes that ask for more than a host and the beginning of a path");
    }

    static Note noEntryPoint(String route, String name) {
        return new Note(
                "no-entry-point", route, "the group has no entry point of the name " + name);
    }

    static Note entryPointOfRequests(String route, String name) {
        return new Note(
                "entry-point-of-requests",
                route,
                "the entry point "
                        + name
                        + " takes requests and no connections: its definition does not say mode:"
                        + " tcp");
    }

    static Note entryPointOfConnections(String route, String name) {
        return new Note(
                "entry-point-of-connections",
                route,
                "the entry point " + name + " takes connections and no requests: it is mode: tcp");
    }

    static Note noClientCertificate(String service) {
        return new Note(
                "no-client-certificate",
                service,
                "it asks for certificates of clients, and no entry point that leads to it does, by"
                        + " client-ca: everybody is refused");
    }

    static Note entryPointWithoutNames(String route, String name) {
        return new Note(
                "entry-point-without-names",
                route,
                "the entry point "
                        + name
                        + " does not look for the name that clients ask for by TLS: its definition"
                        + " says neither sni: true nor tls");
    }

    static Note otherKind(String subject, boolean service) {
        return new Note(
                "other-kind",
                subject,
                service
                        ? "the service takes connections, it takes requests: one service cannot do both"
                        : "the service takes requests, it takes connections: one service cannot do both");
    }

    static Note disagreement(String subject, String newest) {
        return new Note(
                "disagreement",
                subject,
                "it declares the service otherwise than " + newest + ", which is newer and holds");
    }

    static Note duplicateName(String subject, String name) {
        return new Note("duplicate-name", subject, "another server is already called " + name);
    }

    static Note cookieTaken(String subject, String value, String instead) {
        return new Note(
                "sticky-value-taken",
                subject,
                "another server of the service has the cookie value %s: it gets %s"
                        .formatted(value, instead));
    }

    static Note cookieUnused(String subject, String value) {
        return new Note(
                "sticky-value-unused",
                subject,
                "its cookie value "
                        + value
                        + " is not used: the newest container of the service gives none");
    }

    static Note tooMany(String subject, int most) {
        return new Note("too-many-servers", subject, "a service has at most " + most + " servers");
    }

    static Note held(String subject) {
        return new Note(
                "held", subject, "no fact says that it went: the shrink guard keeps it in place");
    }
}
