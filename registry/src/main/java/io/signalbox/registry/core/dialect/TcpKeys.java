package io.signalbox.registry.core.dialect;

import io.signalbox.registry.core.dialect.SignalboxKeys.Change;
import java.util.List;
import java.util.stream.Stream;

/** The labels of routes of connections, and what of all others holds for a service of them. */
public final class TcpKeys {
    /** What they begin with. */
    static final String TCP = "signalbox.tcp.";

    static final String ENTRYPOINT = "entrypoint";
    static final String SNI = "sni";

    /** What may follow {@code signalbox.tcp.<name>.}. */
    static final List<String> WORDS =
            List.of(
                    ENTRYPOINT,
                    SNI,
                    SignalboxKeys.PORT,
                    SignalboxKeys.SERVICE,
                    SignalboxKeys.NETWORK,
                    SignalboxKeys.GROUP);

    static final List<SignalboxKeys.Key> ALL =
            List.of(
                    key(
                            ENTRYPOINT,
                            "name of an entry point",
                            "must be said",
                            "postgres",
                            "The entry point of the group whose connections come here; its definition"
                                    + " says `mode: tcp`. Makes the container a service."),
                    key(
                            SNI,
                            "comma-separated host names",
                            "all connections of the entry point that no other route takes",
                            "db.example.com, *.db.example.com",
                            "The names that clients ask for by TLS. `*.example.com` stands for all"
                                    + " names up to six labels below it. The entry point says `sni:"
                                    + " true` or `tls`."),
                    key(
                            SignalboxKeys.PORT,
                            "as signalbox.port",
                            "the container's own",
                            "5432",
                            "The port that connections go to."),
                    key(
                            SignalboxKeys.SERVICE,
                            "as signalbox.service",
                            "the container's own service, a dot, and `<name>`",
                            "shop.db",
                            "The service that connections go to; none that requests go to."),
                    key(
                            SignalboxKeys.NETWORK,
                            "as signalbox.network",
                            "the container's own",
                            "back",
                            "The network of the service."),
                    key(
                            SignalboxKeys.GROUP,
                            "as signalbox.group",
                            "the container's own",
                            "internal",
                            "The groups that serve it."));

    private TcpKeys() {}

    /**
     * Whether a native label says something of requests, so that it has no effect on connections.
     *
     * @param label the whole key
     */
    public static boolean isOfRequests(String label) {
        String word = label.substring(SignalboxKeys.PREFIX.length());
        return SignalboxKeys.OF_SERVICE.contains(word)
                ? !holds(word)
                : RouteKeys.isOfMatch(word) || HttpKeys.isOne(word);
    }

    private static SignalboxKeys.Key key(
            String word, String type, String standard, String example, String doc) {
        return new SignalboxKeys.Key(
                TCP + "<name>." + word, type, standard, example, Change.RUNTIME, doc);
    }

    private static boolean holds(String word) {
        return Stream.of(
                                SignalboxKeys.DRAIN,
                                SignalboxKeys.BALANCE,
                                SignalboxKeys.TIMEOUT_QUEUE,
                                SignalboxKeys.TIMEOUT_TUNNEL,
                                SignalboxKeys.RETRIES,
                                ServerKeys.SERVER_MAXCONN,
                                ServerKeys.SERVER_MAXQUEUE,
                                ServerKeys.SERVER_SLOWSTART,
                                ServerKeys.SERVER_PROXY_PROTOCOL,
                                ServerKeys.SERVER_WEIGHT,
                                ServerKeys.SERVER_BACKUP,
                                HttpKeys.ALLOW,
                                HttpKeys.DENY,
                                HttpKeys.RATE,
                                HttpKeys.MAINTENANCE)
                        .anyMatch(word::equals)
                || word.startsWith("check");
    }
}
