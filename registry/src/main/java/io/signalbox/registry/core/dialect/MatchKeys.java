package io.signalbox.registry.core.dialect;

import io.signalbox.registry.core.dialect.SignalboxKeys.Change;
import java.util.List;

/** The native labels for what a route asks of a request besides host and path, as documented. */
final class MatchKeys {
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
                                    + "cookie `SIGNALBOX_SPLIT`."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.path.exclude",
                            "as signalbox.path.exclude",
                            "the container's own",
                            "/internal, /metrics",
                            Change.RELOAD,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.method",
                            "as signalbox.method",
                            "the container's own",
                            "GET, HEAD",
                            Change.RELOAD,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.header.<field>",
                            "as signalbox.header.<field>",
                            "the container's own",
                            "beta",
                            Change.RELOAD,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.query.<field>",
                            "as signalbox.query.<field>",
                            "the container's own",
                            "2",
                            Change.RELOAD,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.entrypoint",
                            "as signalbox.entrypoint",
                            "the container's own",
                            "internal",
                            Change.RELOAD,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.scheme",
                            "as signalbox.scheme",
                            "the container's own",
                            "https",
                            Change.RELOAD,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.websocket",
                            "as signalbox.websocket",
                            "the container's own",
                            "true",
                            Change.RELOAD,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.source",
                            "as signalbox.source",
                            "the container's own",
                            "10.0.0.0/8, ::1",
                            Change.RELOAD,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.priority",
                            "as signalbox.priority",
                            "the container's own",
                            "100",
                            Change.RELOAD,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.percent",
                            "as signalbox.percent",
                            "the container's own",
                            "10",
                            Change.RUNTIME,
                            "The same of a further route."),
                    new SignalboxKeys.Key(
                            "signalbox.routes.<name>.percent.sticky",
                            "as signalbox.percent.sticky",
                            "the container's own",
                            "true",
                            Change.RUNTIME,
                            "The same of a further route."));

    private MatchKeys() {}
}
