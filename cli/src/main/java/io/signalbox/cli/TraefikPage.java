package io.signalbox.cli;

import io.signalbox.registry.core.translate.Row;
import java.util.List;

/** The page {@code docs/migrating/traefik.md}. */
final class TraefikPage {
    private static final String HEAD =
            """
            # From Traefik

            Labels `traefik.*` of Traefik 2 and 3 are followed as they stand; the group's `select.dialects` has `traefik` in it unless it
            says otherwise. `signalbox translate CONTAINER`, or `signalbox translate --compose FILE`, shows what each label becomes, and
            the native labels. The table below is made of the one that the translation is done by.

            - **Entry points** keep their names: a router of `web` and `websecure` needs a group that calls its own so. Without them its
              routes never match.

              ```yaml
              name: default
              entry-points:
                web: ":80"
                websecure:
                  listen: ":443"
                  tls: intermediate
              ```

            - **Enabling**: a container with a router is served unless it says `traefik.enable=false`, as with Traefik's
              `exposedByDefault`; where that was off, containers without `traefik.enable=true` must lose their routers' labels. Traefik's
              default host (`service-project` for Compose) is served only where `traefik.enable=true` says so.
            - **Rules**: `&&`, `||`, `!` and brackets, with the matchers of both versions, become one route for each of at most 50
              alternatives. `PathPrefix` goes by characters, as in Traefik: `/api` takes `/apix` too, so it becomes `^/api`. Of what must
              not be, `!PathPrefix` is followed (as a regular expression of the other paths), and others where they change nothing;
              a router with any other is not served.
            - **Priority**: without one the more specific route goes first, not the longer rule. A priority above the rule's length
              goes before all routes without one; one below it cannot be followed.
            - **TLS**: a router with `tls` takes only requests with `https`; one without takes both schemes.
            - **Middlewares** act in the order that [http.md](../http.md) has, not in that of the list. They and services must be
              defined by the container itself: others, and those of files (`@file`), close the router. So does a
              guard that cannot be followed, and whatever a router might be open without. Routers of one service with different
              middlewares become services of their own, called `<service>.<router>`.
            - **TCP**: a router of `traefik.tcp` has a service of its own, `<service>.<router>`, and needs an entry point with
              `mode: tcp` ([tcp.md](../tcp.md)). That says, too, who ends TLS: `tls: intermediate` here, `sni: true` the application, so
              `tls.passthrough` must fit it. An entry point leads either requests or connections.
            - **Hidden labels**: `customRequestHeaders`, `customResponseHeaders`, `digestAuth` and plugins may carry secrets and do not
              leave their host. A router with such a middleware alone finds none of that name, and is not served.
            - **Unknown labels** of `traefik.http` close what they are about, as Traefik drops the whole container for them.

            | label | | what becomes of it | instead |
            |---|---|---|---|
            """;

    private TraefikPage() {}

    static String text(List<Row> rows) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Row row : rows) {
            page.append("| `")
                    .append(row.key())
                    .append("` | ")
                    .append(row.treatmentAndReach())
                    .append(" | ")
                    .append(row.doc())
                    .append(" | ")
                    .append(row.natively().isEmpty() ? "" : "`" + row.natively() + "`")
                    .append(" |\n");
        }
        return page.toString();
    }
}
