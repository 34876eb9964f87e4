package io.signalbox.cli.group;

import io.signalbox.cli.group.ValueKind.Section;

/** The page of documentation about group definitions. */
final class GroupDocs {

    /** A definition that says much of what one can say. */
    static final String EXAMPLE =
            """
            name: edge
            select:
              labels: {tier: web}
            entry-points:
              http:
                listen: ":80"
                redirect-https: 308
              https:
                listen: ":443"
                tls: intermediate
              behind-balancer:
                listen: "10.0.0.5:8443"
                tls: modern
                accept-proxy: true
                trusted-proxies: [10.0.0.0/24]
              staff:
                listen: ":9443"
                tls: intermediate
                client-ca: staff
              internal: "127.0.0.1:8080"
            defaults:
              balance: leastconn
              timeouts: {server: 2m}
            """;

    private static final String HEAD =
            """
            # Groups

            A group is a fleet of HAProxy instances with the same configuration. `signalbox group apply FILE` writes its
            definition to the log, `signalbox group show NAME` prints the one in force. Without any definition the group
            `default` serves everything on port 80.

            This page and [`group.schema.json`](group.schema.json) are made from the list of keys that the reader reads by.
            `signalbox group schema` prints the schema. Editors complete and check a definition that begins with

            ```yaml
            # yaml-language-server: $schema=group.schema.json
            ```

            An example:

            ```yaml
            """;

    private static final String TAIL =
            """

            A change of anything but `select`, `addresses` and `network` takes a reload, in which no request is lost. What is
            wrong with a definition is reported all at once, each mistake with its line and key.

            ## Lines of your own

            What no key says can be said in HAProxy's own words, by `snippets`: each a list of lines or a block of text.

            ```yaml
            snippets:
              global: [maxconn 20000]
              frontend: |
                # everybody is told who answered
                http-response set-header X-Served-By edge
              services:
                web: [http-reuse always]
            ```

            Such lines can do whatever HAProxy can: read files, run programs, let anybody in. You wrote them, so you are
            trusted; but a proxy does not take them from the log because they are there. **It takes them only if it was started
            with `--allow-snippets true`** (or `SIGNALBOX_ALLOW_SNIPPETS`), since whoever can write to the log could otherwise
            run programs on its machine. `signalbox up` and `demo` take them, because there log and proxy are yours alone;
            `--allow-snippets false` says otherwise. A proxy that does not take them keeps the entry points that it has, and leaves
            out services that have lines of their own or leaves them as they were; `signalbox status` names both.
            Turning the setting off takes no line back that is in force: a proxy that is started again without it goes on with
            the configuration on its disk, those lines included, until the definition has none, and takes no others.
            Labels of containers have no such lines.

            Some lines are refused when the definition is applied, each with its line and the rule: those that begin a section;
            `stats`, `chroot`, `user`, `daemon` and what else in `global` Signalbox needs for itself or a single machine decides
            (that belongs into the file of `--haproxy-global-file`); `bind`, `mode`, `use_backend`, `server`, `balance`, `cookie` and
            whatever else Signalbox steers requests and servers by; and variables `txn.NAME` or `sess.NAME` that are not called
            `my_NAME`. What HAProxy itself refuses is found by each proxy before it takes effect: it keeps its last good
            configuration, and `signalbox status` shows HAProxy's words and the line in which snippet they are about.

            ## Templates of your own

            What depends on the services of the group is said by `snippets.templates`: each gives lines for one place.

            ```yaml
            snippets:
              templates:
                sections: |
                  listen my_redis
                    bind 127.0.0.1:6379
                    mode tcp
                    {% for server in servers("redis", []) %}
                    server {{ server.id }} {{ server.address }}:{{ server.port }} check
                    {% endfor %}
            ```

            Their language, and the data that they are told, is that of [templates](templates.md); functions that ask the machine
            (`getenv`, `datetime`, `fileExists`, `lookupIP` and so on) are not there, so that the same log gives the same lines. Each
            proxy carries them out for itself, since it alone knows which of a server's addresses it reaches. **Where their lines change,
            HAProxy reloads**: name servers in them only where that is worth it. What they give is held to the rules above and checked by
            HAProxy before it takes effect. A template that fails, or whose lines are refused, leaves the frame as it was last good, and
            `signalbox status` names template, line and reason; services go on changing. A proxy that starts without anything
            good yet waits, so write them in such a way that they hold without services, too: `servers("redis", [])`.

            ## Replacing what is generated

            `snippets.replace` puts the lines of a template instead of those that Signalbox made for a part of the frame.

            ```yaml
            snippets:
              replace:
                defaults: |
                  {% for line in lines %}
                  {% if not (line contains "timeout tunnel") %}{{ line }}{% endif %}
                  {% endfor %}
                  timeout tunnel 8h
                unavailable: |
                  http-request return status 503 content-type text/html string "<h1>Back soon</h1>"
            ```

            | part | is |
            |---|---|
            | `global` | what the definition says of the section `global`; the runtime socket and what a machine says itself stand besides |
            | `defaults` | the section `defaults`: time-outs, retries, the answer of a service whose servers are all down |
            | `entry-points.NAME` | the frontend of an entry point: TLS, what servers are told of clients, redirects, routing, the 404, the access log |
            | `unavailable` | what answers for a service that is known and has no backend |

            Besides the [data](templates.md#the-data) of all templates it has `lines`, the generated ones as a list, and `generated`, the same as a text:
            so a template wraps them, leaves some out, or says others. They are those of the `haproxy.cfg` at a proxy, less `@maps@`, `@certs@` and
            `@rules@`, which stand for what each proxy puts there.

            A replacement may leave out and change whatever your own lines may say. **What they may not say must stay**, as it is and in its
            order: `bind`, `mode`, the lines that set `txn.` variables, `@rules@`, `use_backend` and `default_backend`. By those requests find their
            services, and the runtime API adds and removes servers without a reload. A template that leaves one of them out is refused by
            that line's name, and the frame stays as it was last good; so is one that HAProxy refuses. The backends of services, with
            their `server` lines, always are Signalbox's own: `snippets.services` adds to them. The statistics page is replaced by
            `statistics: "off"` and a section `frontend my_statistics` of `snippets.sections`.

            Certificates are each proxy's own: see [certificates](certificates.md).
            """;

    private GroupDocs() {}

    /** The whole page. */
    static String text() {
        StringBuilder page = new StringBuilder(HEAD).append(EXAMPLE).append("```\n\n## Keys\n\n");
        page.append("| Key | Value | Default | Example | Meaning |\n");
        page.append("|---|---|---|---|---|\n");
        for (GroupKey key : GroupKeys.ALL) {
            page.append("| ").append(code(key.path()));
            page.append(" | ").append(key.kind().words());
            page.append(" | ").append(preset(key));
            page.append(" | ").append(key.kind() instanceof Section ? "" : code(key.example()));
            page.append(" | ").append(key.meaning()).append(" |\n");
        }
        return page.append(TAIL).toString();
    }

    private static String preset(GroupKey key) {
        String preset = key.preset();
        return preset.startsWith("(")
                ? preset.substring(1, preset.length() - 1)
                : preset.isEmpty() ? "" : code(preset);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
