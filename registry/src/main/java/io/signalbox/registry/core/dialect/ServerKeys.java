package io.signalbox.registry.core.dialect;

import io.signalbox.registry.core.dialect.SignalboxKeys.Change;
import java.util.List;

/** The labels about how clients stay with servers, how servers are checked, and what they get. */
final class ServerKeys {
    static final String STICKY = "sticky";
    static final String STICKY_COOKIE = "sticky.cookie";
    static final String STICKY_SECURE = "sticky.secure";
    static final String STICKY_VALUE = "sticky.value";
    static final String CHECK = "check";
    static final String CHECK_PATH = "check.path";
    static final String CHECK_HOST = "check.host";
    static final String CHECK_STATUS = "check.status";
    static final String CHECK_INTERVAL = "check.interval";
    static final String CHECK_FALL = "check.fall";
    static final String CHECK_RISE = "check.rise";
    static final String SERVER_MAXCONN = "server.maxconn";
    static final String SERVER_MAXQUEUE = "server.maxqueue";
    static final String SERVER_SLOWSTART = "server.slowstart";
    static final String SERVER_ERROR_LIMIT = "server.error-limit";
    static final String SERVER_PROTOCOL = "server.protocol";
    static final String SERVER_PROXY_PROTOCOL = "server.proxy-protocol";
    static final String SERVER_WEIGHT = "server.weight";
    static final String SERVER_BACKUP = "server.backup";

    private static final String TIME = SignalboxKeys.TIME;
    private static final String GROUPS = SignalboxKeys.GROUPS;

    /** What may follow {@code signalbox.}. */
    static final List<String> WORDS =
            List.of(
                    STICKY,
                    STICKY_COOKIE,
                    STICKY_SECURE,
                    STICKY_VALUE,
                    CHECK,
                    CHECK_PATH,
                    CHECK_HOST,
                    CHECK_STATUS,
                    CHECK_INTERVAL,
                    CHECK_FALL,
                    CHECK_RISE,
                    SERVER_MAXCONN,
                    SERVER_MAXQUEUE,
                    SERVER_SLOWSTART,
                    SERVER_ERROR_LIMIT,
                    SERVER_PROTOCOL,
                    SERVER_PROXY_PROTOCOL,
                    SERVER_WEIGHT,
                    SERVER_BACKUP);

    /** The labels in the order in which they are documented. */
    static final List<SignalboxKeys.Key> ALL =
            List.of(
                    new SignalboxKeys.Key(
                            "signalbox.sticky",
                            "true, false, insert, rewrite or prefix",
                            "false",
                            "true",
                            Change.RELOAD,
                            "Clients stay with their server: by a cookie of HAProxy's own"
                                    + " (true or insert), or by one of the application's that HAProxy"
                                    + " rewrites or puts its value before. A service that says no more"
                                    + " than `signalbox.sticky=true` needs no reload to come or go."),
                    new SignalboxKeys.Key(
                            "signalbox.sticky.cookie",
                            "cookie name",
                            "SIGNALBOX",
                            "SESSION",
                            Change.RELOAD,
                            "The cookie's name. Required with rewrite and prefix."),
                    new SignalboxKeys.Key(
                            "signalbox.sticky.secure",
                            "true or false",
                            "false",
                            "true",
                            Change.RELOAD,
                            "Browsers send the cookie through TLS only."),
                    new SignalboxKeys.Key(
                            "signalbox.sticky.value",
                            "1 to 64 letters, digits, `_`, `.` or `-`",
                            "HAProxy makes one of the address",
                            "node1",
                            Change.RELOAD,
                            "The cookie's value for this container, as an application knows it"
                                    + " that writes the cookie itself. It counts where the newest"
                                    + " container of the service gives one; those that give none,"
                                    + " or one that an older container has, then have the first 12"
                                    + " characters of their id. A container that comes needs a"
                                    + " reload below HAProxy 3.0, and none from 3.0 on."),
                    new SignalboxKeys.Key(
                            "signalbox.check",
                            "tcp, http or none",
                            "http where a path, host or status is given, else the group's",
                            "http",
                            Change.RELOAD,
                            "How HAProxy finds out whether a server works."),
                    new SignalboxKeys.Key(
                            "signalbox.check.path",
                            "path",
                            "/",
                            "/health",
                            Change.RELOAD,
                            "What a check by HTTP asks for, with GET."),
                    new SignalboxKeys.Key(
                            "signalbox.check.host",
                            "host, with or without port",
                            "localhost",
                            "shop.example.com",
                            Change.RELOAD,
                            "The host that a check by HTTP names."),
                    new SignalboxKeys.Key(
                            "signalbox.check.status",
                            "statuses and ranges, separated by commas",
                            "200-399",
                            "200-299,301",
                            Change.RELOAD,
                            "What a check by HTTP takes for good."),
                    new SignalboxKeys.Key(
                            "signalbox.check.interval",
                            TIME,
                            GROUPS,
                            "5s",
                            Change.RELOAD,
                            "The time between two checks."),
                    new SignalboxKeys.Key(
                            "signalbox.check.fall",
                            "1 to 100",
                            GROUPS,
                            "3",
                            Change.RELOAD,
                            "How many failed checks take a server out."),
                    new SignalboxKeys.Key(
                            "signalbox.check.rise",
                            "1 to 100",
                            GROUPS,
                            "2",
                            Change.RELOAD,
                            "How many good checks bring it back."),
                    new SignalboxKeys.Key(
                            "signalbox.server.maxconn",
                            "1 to 1000000",
                            "no limit",
                            "100",
                            Change.RELOAD,
                            "How many requests one server gets at a time; the others wait"
                                    + " as signalbox.timeout.queue says."),
                    new SignalboxKeys.Key(
                            "signalbox.server.maxqueue",
                            "1 to 1000000",
                            "no limit",
                            "50",
                            Change.RELOAD,
                            "How many requests may wait for one server before they go to"
                                    + " another."),
                    new SignalboxKeys.Key(
                            "signalbox.server.slowstart",
                            TIME,
                            "none",
                            "30s",
                            Change.RELOAD,
                            "How long a server that comes back takes until it gets its full"
                                    + " share."),
                    new SignalboxKeys.Key(
                            "signalbox.server.error-limit",
                            "1 to 1000",
                            "none",
                            "10",
                            Change.RELOAD,
                            "How many errors in a row (500 to 504, or no answer) take a"
                                    + " server out until its check is good again."),
                    new SignalboxKeys.Key(
                            "signalbox.server.protocol",
                            "http, h2c, https or h2",
                            "http",
                            "h2c",
                            Change.RELOAD,
                            "What the servers speak: HTTP/1.1 or, as gRPC does, HTTP/2;"
                                    + " https and h2 through TLS, of which the certificate is not"
                                    + " verified."),
                    new SignalboxKeys.Key(
                            "signalbox.server.proxy-protocol",
                            "v1 or v2",
                            "none",
                            "v2",
                            Change.RELOAD,
                            "Servers are told the client's address by the PROXY protocol."),
                    new SignalboxKeys.Key(
                            "signalbox.server.weight",
                            "0 to 256",
                            "1",
                            "10",
                            Change.RUNTIME,
                            "The share of this container beside the others; 0 gets none but"
                                    + " that of its sticky clients."),
                    new SignalboxKeys.Key(
                            "signalbox.server.backup",
                            "true or false",
                            "false",
                            "true",
                            Change.RELOAD,
                            "This container gets requests only while no other one of the"
                                    + " service works. A container that comes needs no reload; one"
                                    + " that changes does."));

    private ServerKeys() {}
}
