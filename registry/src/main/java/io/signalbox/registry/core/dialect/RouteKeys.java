package io.signalbox.registry.core.dialect;

import io.signalbox.registry.core.dialect.SignalboxKeys.Change;
import java.util.List;

/** The labels about what a route asks of a request besides host and path, and about its shares. */
final class RouteKeys {
    static final String DEFAULT = "default";
    static final String PATH_EXCLUDE = "path.exclude";
    static final String METHOD = "method";
    static final String ENTRYPOINT = "entrypoint";
    static final String SCHEME = "scheme";
    static final String WEBSOCKET = "websocket";
    static final String SOURCE = "source";
    static final String PRIORITY = "priority";
    static final String PERCENT = "percent";
    static final String PERCENT_STICKY = "percent.sticky";

    /** What the names of headers and of parameters of the query stand behind. */
    static final String HEADER = "header.";

    static final String QUERY = "query.";

    /** What a route asks of a request besides host and path, headers and queries aside. */
    static final List<String> WORDS =
            List.of(
                    PATH_EXCLUDE,
                    METHOD,
                    ENTRYPOINT,
                    SCHEME,
                    WEBSOCKET,
                    SOURCE,
                    PRIORITY,
                    PERCENT,
                    PERCENT_STICKY);

    /** Whether a key behind its prefix says what a route asks of a request. */
    static boolean isOfMatch(String word) {
        return WORDS.contains(word) || isField(word);
    }

    /**
     * Whether it says what a header or a parameter of the query must be. Who writes {@code
     * header.request.set.X-A} means {@code headers}.
     */
    static boolean isField(String word) {
        return (word.startsWith(HEADER)
                        && word.length() > HEADER.length()
                        && !HttpKeys.isOne(word.replaceFirst("^header", "headers")))
                || (word.startsWith(QUERY) && word.length() > QUERY.length());
    }

    /** Those of the container's own route, in the order in which they are documented. */
    static final List<SignalboxKeys.Key> ALL =
            List.of(
                    new SignalboxKeys.Key(
                            "signalbox.default",
                            "true or false",
                            "false",
                            "true",
                            Change.RUNTIME,
                            "Requests that no route of any service takes come here. "
                                    + "Without it no service gets them."),
                    new SignalboxKeys.Key(
                            "signalbox.path.exclude",
                            "comma-separated path prefixes",
                            "none",
                            "/internal, /metrics",
                            Change.RELOAD,
                            "Paths by whole segments that do not come here."),
                    new SignalboxKeys.Key(
                            "signalbox.method",
                            "comma-separated HTTP methods",
                            "all",
                            "GET, HEAD",
                            Change.RELOAD,
                            "Only requests with one of these methods come here."),
                    new SignalboxKeys.Key(
                            "signalbox.header.<field>",
                            "a value, `*`, `*text*` or `~` and a regular expression",
                            "any",
                            "beta",
                            Change.RELOAD,
                            "Only requests come here whose header of that name has this "
                                    + "value, is there at all (`*`), has the text in it, or fits "
                                    + "the regular expression as a whole. For the user agent it is "
                                    + "`signalbox.header.user-agent`."),
                    new SignalboxKeys.Key(
                            "signalbox.query.<field>",
                            "as signalbox.header.<field>",
                            "any",
                            "2",
                            Change.RELOAD,
                            "The same for a parameter of the query, as it stands in the "
                                    + "request."),
                    new SignalboxKeys.Key(
                            "signalbox.entrypoint",
                            "comma-separated names of entry points",
                            "all",
                            "internal",
                            Change.RELOAD,
                            "Only requests at these entry points of the group come here."),
                    new SignalboxKeys.Key(
                            "signalbox.scheme",
                            "http or https",
                            "both",
                            "https",
                            Change.RELOAD,
                            "Only requests with this scheme come here."),
                    new SignalboxKeys.Key(
                            "signalbox.websocket",
                            "true or false",
                            "both",
                            "true",
                            Change.RELOAD,
                            "Only requests for a WebSocket come here, or only others."),
                    new SignalboxKeys.Key(
                            "signalbox.source",
                            "comma-separated IP addresses and networks",
                            "all",
                            "10.0.0.0/8, ::1",
                            Change.RELOAD,
                            "Only requests of clients with these addresses come here."),
                    new SignalboxKeys.Key(
                            "signalbox.priority",
                            "1 to 1000000",
                            "the more specific route first",
                            "100",
                            Change.RELOAD,
                            "The route goes before all routes with a lower priority or "
                                    + "none, whatever they ask for."),
                    new SignalboxKeys.Key(
                            "signalbox.percent",
                            "0 to 100",
                            "the whole route, or what others leave of it",
                            "10",
                            Change.RUNTIME,
                            "The share of the requests of a route that several services "
                                    + "have. Who says no percent has the rest."),
                    new SignalboxKeys.Key(
                            "signalbox.percent.sticky",
                            "true or false",
                            "false",
                            "true",
                            Change.RUNTIME,
                            "Clients stay with the service that they were given, by the "
                                    + "cookie `SIGNALBOX_SPLIT`."));

    /** The same of a further route. */
    static final List<SignalboxKeys.Key> NAMED =
            ALL.stream()
                    .filter(key -> !key.key().endsWith("." + DEFAULT))
                    .map(RouteKeys::named)
                    .toList();

    private RouteKeys() {}

    private static SignalboxKeys.Key named(SignalboxKeys.Key key) {
        String word = key.key().substring(SignalboxKeys.PREFIX.length());
        return new SignalboxKeys.Key(
                SignalboxKeys.ROUTES + "<name>." + word,
                "as " + key.key(),
                "the container's own",
                key.example(),
                key.change(),
                "The same of a further route.");
    }
}
