package io.signalbox.registry.core.dialect;

import io.signalbox.registry.core.dialect.SignalboxKeys.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The native labels about what is done to a service's requests and responses. */
final class HttpKeys {
    static final String REQUEST_HEADERS = "headers.request.";
    static final String RESPONSE_HEADERS = "headers.response.";
    static final String SET = "set.";
    static final String ADD = "add.";
    static final String DELETE = "delete.";
    static final String PATH_STRIP = "path.strip";
    static final String PATH_REWRITE = "path.rewrite";
    static final String PATH_PREFIX = "path.prefix";
    static final String REDIRECT_HTTPS = "redirect.https";
    static final String REDIRECT_HOST = "redirect.host";
    static final String REDIRECT_PATH = "redirect.path";
    static final String HSTS = "hsts";
    static final String COMPRESS = "compress";
    static final String AUTH_USERS = "auth.users";
    static final String AUTH_LIST = "auth.list";
    static final String AUTH_REALM = "auth.realm";
    static final String ALLOW = "allow";
    static final String DENY = "deny";
    static final String RATE = "rate";
    static final String CLIENT_CERTIFICATE = "client-certificate";
    static final String CORS_ORIGINS = "cors.origins";
    static final String CORS_METHODS = "cors.methods";
    static final String CORS_HEADERS = "cors.headers";
    static final String CORS_EXPOSED = "cors.exposed";
    static final String CORS_CREDENTIALS = "cors.credentials";
    static final String CORS_MAX_AGE = "cors.max-age";
    static final String MAINTENANCE = "maintenance";
    static final String ERROR = "error.";

    /** Those that are written as they stand here. */
    static final List<String> WORDS =
            List.of(
                    PATH_STRIP,
                    PATH_REWRITE,
                    PATH_PREFIX,
                    REDIRECT_HTTPS,
                    REDIRECT_HOST,
                    REDIRECT_PATH,
                    HSTS,
                    COMPRESS,
                    AUTH_USERS,
                    AUTH_LIST,
                    AUTH_REALM,
                    ALLOW,
                    DENY,
                    RATE,
                    CLIENT_CERTIFICATE,
                    CORS_ORIGINS,
                    CORS_METHODS,
                    CORS_HEADERS,
                    CORS_EXPOSED,
                    CORS_CREDENTIALS,
                    CORS_MAX_AGE,
                    MAINTENANCE);

    /** Those behind which stands a word of the user's. */
    private static final List<String> BEGINNINGS =
            List.of(
                    REQUEST_HEADERS + SET,
                    REQUEST_HEADERS + ADD,
                    REQUEST_HEADERS + DELETE,
                    RESPONSE_HEADERS + SET,
                    RESPONSE_HEADERS + ADD,
                    RESPONSE_HEADERS + DELETE,
                    PATH_REWRITE + ".",
                    REDIRECT_PATH + ".",
                    ERROR);

    private static final String NETWORKS = "comma-separated addresses and networks";
    private static final String NAMES = "comma-separated header names, or `*`";

    /** As they are documented. */
    static final List<SignalboxKeys.Key> ALL =
            List.of(
                    key(
                            "headers.request.set.<Name>",
                            "text",
                            "as the client sent it",
                            "blue",
                            "Sets a header of requests, for the servers to see. Not those by which"
                                    + " messages are framed, routed or trusted (`Host`,"
                                    + " `Connection`, `X-Forwarded-For` ...), and none that carries"
                                    + " a password."),
                    key(
                            "headers.request.add.<Name>",
                            "text",
                            "none",
                            "blue",
                            "Adds a further header of that name to requests."),
                    key(
                            "headers.request.delete.<Name>",
                            "true or false",
                            "false",
                            "true",
                            "Takes a header out of requests."),
                    key(
                            "headers.response.set.<Name>",
                            "text",
                            "as the server sent it",
                            "DENY",
                            "Sets a header of responses, HAProxy's own answers included."),
                    key(
                            "headers.response.add.<Name>",
                            "text",
                            "none",
                            "nosniff",
                            "Adds a further header of that name to responses."),
                    key(
                            "headers.response.delete.<Name>",
                            "true or false",
                            "false",
                            "true",
                            "Takes a header out of responses."),
                    key(
                            PATH_STRIP,
                            "true or false",
                            "false",
                            "true",
                            "Takes the path prefix of the route that led here away: `/api/x`"
                                    + " becomes `/x`, and `/api` becomes `/`. Prefixes of all"
                                    + " routes of the service count, the longest first; a change"
                                    + " of its routes then needs a reload too."),
                    key(
                            PATH_REWRITE,
                            "regular expression and replacement",
                            "none",
                            "^/user/([0-9]+)$ /index.php?id=\\1",
                            "Replaces the whole path where the expression fits, which it does from"
                                    + " the path's beginning. The query stays, unless the"
                                    + " replacement has one."),
                    key(
                            PATH_REWRITE + ".<n>",
                            "as signalbox.path.rewrite",
                            "none",
                            "^/team/([0-9]+)$ /team.php?id=\\1",
                            "A further one, with a number from 1 to 20. The one without a number"
                                    + " comes first, then they follow by number; the first that"
                                    + " fits is applied, and no other."),
                    key(
                            PATH_PREFIX,
                            "path",
                            "none",
                            "/app",
                            "Puts a prefix before the path, after all other changes of it."),
                    live(
                            REDIRECT_HTTPS,
                            "true, false or a status",
                            "false",
                            "true",
                            "Sends plain requests to the same host, path and query with"
                                    + " `https://`, without a port. `true` is 308: permanent, and"
                                    + " method and body stay. Not what asks for certificates"
                                    + " (`/.well-known/acme-challenge/`)."),
                    key(
                            REDIRECT_HOST,
                            "`[<from>] <to> [<status>]`, comma-separated",
                            "none",
                            "www.example.com example.com 301",
                            "Sends requests for a host to another one; scheme, path and query"
                                    + " stay. Without `<from>` those for every other host. The"
                                    + " status is 308 where none is given."),
                    key(
                            REDIRECT_PATH,
                            "`<regular expression> <target> [<status>]`",
                            "none",
                            "^/blog/(.*)$ https://blog.example.com/\\1 301",
                            "Sends requests whose path fits to another path or address. The query"
                                    + " stays, unless the target has one. The status is 308 where"
                                    + " none is given."),
                    key(
                            REDIRECT_PATH + ".<n>",
                            "as signalbox.redirect.path",
                            "none",
                            "^/news/(.*)$ /blog/\\1",
                            "A further one, with a number from 1 to 20. The one without a number"
                                    + " comes first, then they follow by number; the first that"
                                    + " fits counts."),
                    live(
                            HSTS,
                            "value of the header Strict-Transport-Security",
                            "none",
                            "max-age=31536000; includeSubDomains",
                            "Tells browsers to use TLS only. Said only where the request"
                                    + " came through TLS; `max-age=0` takes it back."),
                    key(
                            COMPRESS,
                            "true, false or comma-separated media types",
                            "false",
                            "true",
                            "Compresses responses with gzip; `true` those that are usual texts"
                                    + " (HTML, CSS, JavaScript, JSON, XML, SVG)."),
                    key(
                            AUTH_USERS,
                            "comma-separated `name:password` or `name:hash`",
                            "everybody",
                            "ann:$6$rounds=1000$lHuz9L1Cz4W7GQrT$"
                                    + "lTPGkFdrUxUqynsWHnl.EQH1MpTbiK8LnxR/g.gzrQcob7WOnwcjZd"
                                    + ".gn0ISMqCXH7C6l/1mDthIHb6zVhr2B/",
                            "Who may come in, by basic authentication. Hashes are those of"
                                    + " `crypt(3)`: `$6$`, `$5$`, `$1$`; a plain password leaves"
                                    + " its host as a hash only. HAProxy computes the hash at every"
                                    + " request, at a cost that grows with its rounds: plain passwords get"
                                    + " 1,000, usual are 5,000."
                                    + " The header does not reach the servers."),
                    key(
                            AUTH_LIST,
                            "name of a list",
                            "everybody",
                            "staff",
                            "Who may come in, by a list that each proxy has for itself, as"
                                    + " `NAME.htpasswd` in the directory of its setting `--users`;"
                                    + " see [Passwords](http.md#passwords). Where it is missing"
                                    + " nobody comes in. `signalbox.auth.users` then counts no"
                                    + " more."),
                    key(
                            AUTH_REALM,
                            "text",
                            "Restricted",
                            "Staff only",
                            "What browsers show when they ask for the password."),
                    key(
                            ALLOW,
                            NETWORKS,
                            "everywhere",
                            "10.0.0.0/8, 2001:db8::/32",
                            "From where requests may come; others get 403."),
                    key(
                            DENY,
                            NETWORKS,
                            "none",
                            "192.0.2.7",
                            "From where requests may not come, even if `signalbox.allow` has it."),
                    key(
                            RATE,
                            "`<requests>/<time>`",
                            "no limit",
                            "100/10s",
                            "How many requests one client may send in that time, 1s to 24h; more"
                                    + " get 429. A client is an IPv4 address or an IPv6 network of"
                                    + " 64 bits. Each HAProxy counts for itself, and anew after a"
                                    + " reload."),
                    live(
                            CLIENT_CERTIFICATE,
                            "required or none",
                            "none",
                            "required",
                            "Whether only clients come in that show a certificate which their entry"
                                    + " point believes; others get 403. Only an entry point with"
                                    + " `client-ca` in its definition asks for one, with"
                                    + " `client-certificate: optional` where other services do"
                                    + " without; requests by any other one, and plain ones, are"
                                    + " refused."),
                    key(
                            CORS_ORIGINS,
                            "comma-separated origins, or `*`",
                            "the application decides",
                            "https://www.example.com",
                            "Which foreign pages may read responses. HAProxy then answers"
                                    + " preflights, and what the application says of it is"
                                    + " replaced."),
                    key(
                            CORS_METHODS,
                            "comma-separated methods, or `*`",
                            "GET, HEAD and POST",
                            "PUT, DELETE",
                            "What those pages may do beyond GET, HEAD and POST."),
                    key(
                            CORS_HEADERS,
                            NAMES,
                            "those that are always allowed",
                            "Content-Type, X-Token",
                            "Which headers those pages may send."),
                    key(
                            CORS_EXPOSED,
                            NAMES,
                            "those that are always exposed",
                            "X-Total-Count",
                            "Which headers of responses those pages may read."),
                    key(
                            CORS_CREDENTIALS,
                            "true or false",
                            "false",
                            "true",
                            "Whether those pages may send cookies and passwords; not with `*`."),
                    key(
                            CORS_MAX_AGE,
                            "duration from 0s to 24h",
                            "the browser's",
                            "10m",
                            "How long a browser may remember the answer to a preflight."),
                    live(
                            MAINTENANCE,
                            "true, false or text",
                            "false",
                            "Back at noon.",
                            "Answers all requests with 503 and that text, as HTML where it begins"
                                    + " with `<`; redirects and refusals by address come first. A text"
                                    + " other than the standard one of `true` needs a reload, to"
                                    + " come, to change and to go."),
                    key(
                            "error.<status>",
                            "text",
                            "HAProxy's own",
                            "<h1>Back soon</h1>",
                            "What is shown where HAProxy itself answers with that status (400,"
                                    + " 401, 403, 404, 405, 408, 410, 413, 425, 429, 500, 501, 502,"
                                    + " 503 or 504), as HTML where it begins with `<`."));

    private HttpKeys() {}

    /** Whether a key behind the prefix is one of these, whatever the user's own word in it. */
    static boolean isOne(String word) {
        return WORDS.contains(word)
                || BEGINNINGS.stream()
                        .anyMatch(one -> word.startsWith(one) && word.length() > one.length());
    }

    /** The key that was probably meant, with the user's own word; empty where none is near. */
    static Optional<String> likely(String word) {
        List<String> words = Arrays.asList(word.split("\\.", -1));
        return BEGINNINGS.stream()
                .flatMap(one -> corrected(one, words).stream())
                .filter(one -> !one.equals(word))
                .findFirst();
    }

    private static Optional<String> corrected(String beginning, List<String> words) {
        int length = beginning.split("\\.").length;
        if (words.size() != length + 1) {
            return Optional.empty();
        }
        String said = String.join(".", words.subList(0, length)) + ".";
        return Spelling.nearest(said, List.of(beginning)) == null
                ? Optional.empty()
                : Optional.of(beginning + words.getLast());
    }

    private static SignalboxKeys.Key key(
            String word, String type, String standard, String example, String doc) {
        return new SignalboxKeys.Key(
                SignalboxKeys.PREFIX + word, type, standard, example, Change.RELOAD, doc);
    }

    /** One that HAProxy looks up for each request. */
    private static SignalboxKeys.Key live(
            String word, String type, String standard, String example, String doc) {
        return new SignalboxKeys.Key(
                SignalboxKeys.PREFIX + word, type, standard, example, Change.RUNTIME, doc);
    }
}
