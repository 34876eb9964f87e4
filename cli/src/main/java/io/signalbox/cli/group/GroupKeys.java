package io.signalbox.cli.group;

import io.signalbox.cli.group.ValueKind.Address;
import io.signalbox.cli.group.ValueKind.Checked;
import io.signalbox.cli.group.ValueKind.Flag;
import io.signalbox.cli.group.ValueKind.Lines;
import io.signalbox.cli.group.ValueKind.LinesByName;
import io.signalbox.cli.group.ValueKind.Listing;
import io.signalbox.cli.group.ValueKind.Named;
import io.signalbox.cli.group.ValueKind.Pairs;
import io.signalbox.cli.group.ValueKind.Section;
import io.signalbox.cli.group.ValueKind.Templates;
import io.signalbox.cli.group.ValueKind.Text;
import io.signalbox.cli.group.ValueKind.Time;
import io.signalbox.cli.group.ValueKind.Whole;
import io.signalbox.cli.group.ValueKind.Word;
import io.signalbox.haproxy.Snippet.Place;
import io.signalbox.schemas.Dialect;
import io.signalbox.schemas.GroupDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * All keys of a group definition, each once: the reader reads by them, and the JSON Schema and the
 * documentation are made of them.
 */
final class GroupKeys {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Text ANY =
            new Text("text", Pattern.compile("[\\s\\S]*"), "must be a text");
    private static final Text VERSION =
            new Text(
                    "version",
                    Pattern.compile("[23]\\.\\d{1,2}"),
                    "must be a version of HAProxy such as 2.6");
    private static final Text METHOD =
            new Text("method", Pattern.compile("[A-Z]{1,20}"), "must be HTTP methods in capitals");

    private static final Word DIALECT =
            new Word(Arrays.stream(Dialect.values()).map(Dialect::word).toArray(String[]::new));

    /** In the order in which they are shown. */
    static final List<GroupKey> ALL =
            List.of(
                    key(
                            "name",
                            new Text("text", NAME, GroupDefinition.NAME_RULE),
                            "",
                            "edge",
                            "The group's name; must be given."),
                    key(
                            "select",
                            new Section(),
                            "",
                            "",
                            "Which containers the group serves, of those that name it; all of them"
                                    + " if it is left out."),
                    key(
                            "select.labels",
                            new Pairs(),
                            "{}",
                            "{tier: web}",
                            "Labels that a container must have, all of them."),
                    key(
                            "select.networks",
                            new Listing(ANY),
                            "[]",
                            "[front]",
                            "Names of networks of which a container must be in one."),
                    key(
                            "select.hosts",
                            new Listing(ANY),
                            "[]",
                            "[host-a, host-b]",
                            "Hosts on one of which a container must be."),
                    key(
                            "select.dialects",
                            new Listing(DIALECT),
                            "[signalbox, docker-flow, dockercloud, traefik, cosmonaut]",
                            "[signalbox, nginx-proxy]",
                            "Whose labels and variables are followed; the first of the list that"
                                    + " says anything of a container counts for it."),
                    key(
                            "entry-points",
                            new Named(NAME),
                            "{http: \":80\"}",
                            "{http: \":80\"}",
                            "Where HAProxy listens, by names of your own. One that says nothing but"
                                    + " its address is written as that."),
                    key(
                            "entry-points.*.listen",
                            new Address(false),
                            "",
                            "\":443\"",
                            "The address; must be given."),
                    key(
                            "entry-points.*.mode",
                            new Word("http", "tcp"),
                            "http",
                            "tcp",
                            "tcp leads connections as they are, whatever is spoken in them, to the"
                                    + " services of signalbox.tcp.NAME.entrypoint."),
                    key(
                            "entry-points.*.sni",
                            new Flag(),
                            "false",
                            "true",
                            "Waits, up to 5s, for the name that the client asks for by TLS, and"
                                    + " leads by it; not for what servers begin to speak. Only with"
                                    + " mode: tcp; with tls that name is known anyway."),
                    key(
                            "entry-points.*.tls",
                            new Word("off", "intermediate", "modern"),
                            "off",
                            "intermediate",
                            "Speaks TLS with the certificates of each proxy: intermediate is TLS"
                                    + " 1.2 and 1.3, modern TLS 1.3 alone. HTTP/2 and HTTP/1.1."),
                    key(
                            "entry-points.*.client-ca",
                            Checked.FILE_NAME,
                            "",
                            "staff",
                            "Clients must show a certificate that one of those in the file"
                                    + " client-ca/NAME.pem of each proxy's certificates signed; where"
                                    + " it is missing nobody comes in. Servers are told X-SSL-Client-DN"
                                    + " and X-SSL-Client-SHA1."),
                    key(
                            "entry-points.*.client-certificate",
                            new Word("required", "optional"),
                            "required",
                            "optional",
                            "Whether clients without a certificate come in too; only with"
                                    + " client-ca. Services that say"
                                    + " signalbox.client-certificate=required refuse them."),
                    key(
                            "entry-points.*.redirect-https",
                            new Word("off", "301", "302", "303", "307", "308"),
                            "off",
                            "308",
                            "Sends every request to TLS with that status, same host, path and"
                                    + " query; but those below /.well-known/acme-challenge/."),
                    key(
                            "entry-points.*.https-port",
                            new Whole(1, 65_535),
                            "(that of the first entry point with TLS, else 443)",
                            "8443",
                            "The port of TLS as clients see it; only with redirect-https."),
                    key(
                            "entry-points.*.accept-proxy",
                            new Flag(),
                            "false",
                            "true",
                            "Connections begin with a header of the PROXY protocol: those from"
                                    + " trusted-proxies, or all if there are none. Without"
                                    + " trusted-proxies whoever reaches the address can claim to be"
                                    + " anybody."),
                    key(
                            "entry-points.*.trusted-proxies",
                            new Listing(Checked.NETWORK),
                            "[]",
                            "[10.0.0.0/8]",
                            "Whose X-Forwarded headers stay and get longer, and whose word on the"
                                    + " client's address is taken. From all others they are deleted"
                                    + " and set anew."),
                    key(
                            "oldest-haproxy",
                            VERSION,
                            "\"2.6\"",
                            "\"3.0\"",
                            "The oldest version of HAProxy to write for."),
                    key(
                            "addresses",
                            new Word("auto", "container", "published", "overlay", "vip"),
                            "auto",
                            "published",
                            "Which of a container's addresses are used; with vip all, and a Swarm"
                                    + " service is one server with its virtual address."),
                    key(
                            "network",
                            ANY,
                            "(the first by name)",
                            "front",
                            "The network whose address is preferred."),
                    key(
                            "defaults",
                            new Section(),
                            "",
                            "",
                            "What holds unless a service says otherwise."),
                    key(
                            "defaults.balance",
                            new Word("roundrobin", "leastconn", "random", "first", "source"),
                            "roundrobin",
                            "leastconn",
                            "How requests are spread; source sends a client's address to the same"
                                    + " server."),
                    key("defaults.timeouts", new Section(), "", "", "How long HAProxy waits."),
                    key(
                            "defaults.timeouts.connect",
                            new Time(),
                            "1s",
                            "500ms",
                            "For a connection to a server, each try."),
                    key(
                            "defaults.timeouts.client",
                            new Time(),
                            "1m",
                            "30s",
                            "For the client to send or take data."),
                    key(
                            "defaults.timeouts.server",
                            new Time(),
                            "1m",
                            "2m",
                            "For the server to send or take data, so also for its answer."),
                    key(
                            "defaults.timeouts.queue",
                            new Time(),
                            "5s",
                            "10s",
                            "For a free server, where connections are limited."),
                    key(
                            "defaults.timeouts.http-request",
                            new Time(),
                            "10s",
                            "5s",
                            "For the whole head of a request."),
                    key(
                            "defaults.timeouts.keep-alive",
                            new Time(),
                            "15s",
                            "1m",
                            "For the next request of a connection."),
                    key(
                            "defaults.retries",
                            new Whole(0, 100),
                            "3",
                            "20",
                            "How often a request is tried again, each time at another server; at"
                                    + " the only one once a second."),
                    key(
                            "defaults.retry-methods",
                            new Listing(METHOD),
                            "[GET, HEAD, OPTIONS]",
                            "[GET, HEAD]",
                            "Methods that may be sent again after a server closed without an"
                                    + " answer."),
                    key(
                            "defaults.check",
                            new Section(),
                            "",
                            "",
                            "HAProxy's own check of each server."),
                    key("defaults.check.interval", new Time(), "2s", "5s", "Between two checks."),
                    key(
                            "defaults.check.fall",
                            new Whole(1, 100),
                            "3",
                            "2",
                            "So many failed checks take a server out."),
                    key(
                            "defaults.check.rise",
                            new Whole(1, 100),
                            "1",
                            "2",
                            "So many good checks take it in again."),
                    key(
                            "defaults.hard-stop-after",
                            new Time(),
                            "30m",
                            "10m",
                            "When the worker that a reload replaced ends with its connections still"
                                    + " open."),
                    key(
                            "defaults.max-connections",
                            new Whole(0, 10_000_000),
                            "0",
                            "20000",
                            "Connections of a whole HAProxy; 0 leaves it to HAProxy."),
                    key(
                            "statistics",
                            new Address(true),
                            "\"127.0.0.1:8404\"",
                            "off",
                            "Where HAProxy's statistics page is."),
                    key(
                            "spares",
                            new Whole(0, 10_000),
                            "32",
                            "8",
                            "Empty backends kept ready, so that a new service needs no reload."),
                    key(
                            "access-log",
                            new Flag(),
                            "true",
                            "false",
                            "Whether requests are logged, as lines of JSON."),
                    key(
                            "snippets",
                            new Section(),
                            "",
                            "",
                            "Lines of your own in HAProxy's configuration; see below."),
                    key(
                            "snippets.global",
                            new Lines(Place.GLOBAL),
                            "[]",
                            "[maxconn 20000]",
                            "In the section global."),
                    key(
                            "snippets.defaults",
                            new Lines(Place.DEFAULTS),
                            "[]",
                            "[option http-ignore-probes]",
                            "In the section defaults."),
                    key(
                            "snippets.frontend",
                            new Lines(Place.FRONTEND),
                            "[]",
                            "[http-response set-header X-Served-By edge]",
                            "In every entry point that speaks HTTP, before the request finds its"
                                    + " service."),
                    key(
                            "snippets.entry-points",
                            new LinesByName(Place.FRONTEND),
                            "{}",
                            "{http: [\"http-request deny if { path_beg /admin }\"]}",
                            "The same in one entry point, by its name; behind those of all."),
                    key(
                            "snippets.backends",
                            new Lines(Place.BACKEND),
                            "[]",
                            "[option http-buffer-request]",
                            "In every service's backend, behind what its labels ask for."),
                    key(
                            "snippets.services",
                            new LinesByName(Place.BACKEND),
                            "{}",
                            "{web: [http-reuse always]}",
                            "In one service's backend, by the service's name. Such a service"
                                    + " takes a reload to come in."),
                    key(
                            "snippets.sections",
                            new Lines(Place.SECTIONS),
                            "[]",
                            "[resolvers my_dns, \"nameserver a 10.0.0.1:53\"]",
                            "Whole sections: listen, frontend, backend, peers, resolvers, mailers,"
                                    + " userlist, cache, http-errors or ring, whose names begin with"
                                    + " my_."),
                    key(
                            "snippets.templates",
                            new Templates(SnippetsYaml.PLACES),
                            "{}",
                            "{frontend: \"http-response set-header X-Group {{ group }}\"}",
                            "What gives further lines from the services of the group, by the place"
                                    + " where they go: global, defaults, frontend, backends,"
                                    + " sections or entry-points.NAME; see below."),
                    key(
                            "snippets.replace",
                            new Templates(SnippetsYaml.PARTS),
                            "{}",
                            "{defaults: \"{{ generated }}\\ntimeout tunnel 8h\"}",
                            "What stands instead of the generated lines of a part of the frame:"
                                    + " global, defaults, unavailable or entry-points.NAME; see"
                                    + " below."));

    private GroupKeys() {}

    private static GroupKey key(
            String path, ValueKind kind, String preset, String example, String meaning) {
        return new GroupKey(path, kind, preset, example, meaning);
    }

    /** The keys of a section, in order; empty for the top. */
    static List<GroupKey> in(String section) {
        return ALL.stream().filter(key -> key.section().equals(section)).toList();
    }

    /** The key of that path. */
    static GroupKey at(String path) {
        return ALL.stream()
                .filter(key -> key.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no key " + path));
    }
}
