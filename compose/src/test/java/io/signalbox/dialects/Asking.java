package io.signalbox.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.dialects.Probe.Step;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Does the steps of one probe. One thread.
 *
 * <p>A step is {@code METHOD target}, with {@code @entrypoint} (else {@code @web}) and headers
 * behind {@code +}; its answer a status, then headers, in which {@code *} stands for anything,
 * {@code no Header}, {@code body line}, {@code nobody line}, {@code seen METHOD path host} of an
 * application, {@code service name} of what is declared, {@code config text} of that service's
 * backend, {@code down reason} of a server of it that HAProxy's check has taken out, {@code
 * closed}. Before it may stand {@code AWAIT}; {@code REPEAT n}, whose answer begins with all
 * statuses; {@code SHARE n}, whose answer begins with how many of them each container has got, or
 * {@code one} where any one has got all; or {@code STICK n cookie}, which come to one container by
 * that cookie; or {@code KEPT}, twice on one connection, the second answer being part of the body.
 * {@code TCP} sends the request by a connection. {@code REFUSED label} is no request: the label is
 * named.
 */
final class Asking {
    private static final String WEB_SOCKET =
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String AWAIT = "AWAIT";
    private static final String KEPT = "KEPT";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Site site;
    private final EchoServer echo;
    private final Certified keys;
    private final Probe probe;

    Asking(Site site, EchoServer echo, Certified keys, Probe probe) {
        this.site = site;
        this.echo = echo;
        this.keys = keys;
        this.probe = probe;
    }

    void all() throws IOException {
        for (Step step : probe.steps()) {
            one(step);
        }
    }

    private void one(Step step) throws IOException {
        String[] words = step.ask().getFirst().split(" ", -1);
        int count = words.length > 1 && words[1].matches("[0-9]+") ? Integer.parseInt(words[1]) : 1;
        switch (words[0]) {
            case "REFUSED" -> refused(words[1]);
            case AWAIT ->
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> check(step, ask(step, 1, ""), words[0]));
            case "REPEAT" -> {
                List<String> statuses = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    statuses.add(Integer.toString(ask(step, 2, "").status()));
                }
                assertThat(String.join(" ", statuses)).as(step.text()).isEqualTo(first(step));
            }
            case "SHARE" -> share(step, count);
            case KEPT -> check(step, ask(step, 1, ""), words[0]);
            case "STICK" -> stick(step, count, words[2]);
            default -> check(step, ask(step, 0, ""), words[0]);
        }
    }

    private void refused(String label) {
        List<String> named = new ArrayList<>();
        probe.apps()
                .forEach(
                        app ->
                                site.declared(probe, app.name()).rejections().stream()
                                        .map(Rejection::key)
                                        .forEach(named::add));
        assertThat(named).contains(label);
    }

    private void share(Step step, int count) throws IOException {
        TreeMap<String, Integer> got = new TreeMap<>();
        probe.apps().forEach(app -> got.put(app.name(), 0));
        for (int i = 0; i < count; i++) {
            got.merge(ask(step, 2, "").app(), 1, Integer::sum);
        }
        if (first(step).equals("one")) {
            assertThat(got.values()).as(step.text()).contains(count);
            return;
        }
        String shares = String.join(" ", got.values().stream().map(String::valueOf).toList());
        assertThat(shares).as("%s: %s", step.text(), got).isEqualTo(first(step));
    }

    private void stick(Step step, int count, String cookie) throws IOException {
        Answer first = ask(step, 3, "");
        check(step, first, "STICK");
        String set =
                first.values("set-cookie").stream()
                        .filter(one -> one.startsWith(cookie + "="))
                        .findFirst()
                        .orElseThrow(
                                () -> new AssertionError(step.text() + ": " + first.headers()));
        for (int i = 1; i < count; i++) {
            Answer next = ask(step, 3, "Cookie: " + set.split(";", 2)[0] + "\r\n");
            assertThat(next.app()).as(step.text()).isEqualTo(first.app());
        }
    }

    private static String first(Step step) {
        return step.answer().getFirst();
    }

    /** Sends it; the request's line begins behind so many words. */
    private Answer ask(Step step, int behind, String more) throws IOException {
        String[] words = step.ask().getFirst().split(" ", -1);
        boolean connection = words[behind].equals("TCP");
        String method = connection ? "GET" : words[behind];
        String target = connection ? "/" : words[behind + 1];
        String entryPoint = "web";
        String name = "";
        StringBuilder head = new StringBuilder();
        String host = probe.host();
        boolean upgrade = false;
        for (String part : step.ask().subList(1, step.ask().size())) {
            if (part.startsWith("@")) {
                entryPoint = part.substring(1).split(" ", -1)[0];
                name = part.contains(" ") ? part.substring(part.indexOf(' ') + 1) : name;
            } else if (part.startsWith("Host: ")) {
                host = part.substring("Host: ".length());
            } else if (part.startsWith("User: ")) {
                byte[] user = part.substring("User: ".length()).getBytes(StandardCharsets.US_ASCII);
                head.append("Authorization: Basic ")
                        .append(Base64.getEncoder().encodeToString(user))
                        .append("\r\n");
            } else {
                upgrade |= part.startsWith("Upgrade:");
                head.append(part).append("\r\n");
            }
        }
        String open = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + head + more;
        String text =
                (words[0].equals(KEPT) ? open + "\r\n" : "")
                        + open
                        + (upgrade ? WEB_SOCKET : "Connection: close");
        EntryPoints all = site.entryPoints();
        // A session that is resumed asks for the name of the first.
        @Nullable SSLContext tls = all.isSecure(entryPoint) ? keys.context() : null;
        boolean toEnd = step.answer().contains("closed");
        return Answer.of(all.port(entryPoint), tls, name.isEmpty() ? host : name, text, toEnd);
    }

    private void check(Step step, Answer answer, String verb) {
        List<String> wanted = step.answer();
        for (int i = 0; i < wanted.size(); i++) {
            String one = wanted.get(i);
            String context = step.text() + " (" + verb + "): " + answer;
            if (i == 0) {
                assertThat(Integer.toString(answer.status())).as(context).isEqualTo(one);
            } else if (one.startsWith("body ")) {
                assertThat(answer.body().lines()).as(context).contains(rest(one));
            } else if (one.startsWith("nobody ")) {
                assertThat(answer.body().lines())
                        .as(context)
                        .noneMatch(line -> line.startsWith(rest(one)));
            } else if (one.startsWith("no ")) {
                assertThat(answer.values(rest(one))).as(context).isEmpty();
            } else if (one.startsWith("seen ")) {
                await().atMost(PATIENCE).untilAsserted(() -> seen(rest(one), context));
            } else if (one.startsWith("service ")) {
                assertThat(services()).as(context).contains(rest(one));
            } else if (one.startsWith("config ")) {
                assertThat(services())
                        .as(context)
                        .anyMatch(service -> site.backend(service).contains(rest(one)));
            } else if (one.startsWith("down ")) {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () ->
                                        assertThat(services())
                                                .as(context)
                                                .anyMatch(name -> site.down(name, rest(one))));
            } else if (one.equals("closed")) {
                assertThat(answer.closed()).as(context).isTrue();
            } else {
                header(one, answer, context);
            }
        }
    }

    private void seen(String what, String context) {
        String[] times = what.split("x ", 2);
        boolean counted = times.length == 2 && times[0].matches("[0-9]");
        long least = counted ? Long.parseLong(times[0]) : 1;
        assertThat(echo.seen(probe.host(), counted ? times[1] : what))
                .as(context)
                .isGreaterThanOrEqualTo(least);
    }

    private static void header(String wanted, Answer answer, String context) {
        int colon = wanted.indexOf(": ");
        String value = wanted.substring(colon + 2);
        List<String> values = answer.values(wanted.substring(0, colon));
        int any = value.indexOf('*');
        if (any < 0) {
            assertThat(values).as(context).contains(value);
        } else {
            assertThat(values)
                    .as(context)
                    .anyMatch(
                            one ->
                                    one.startsWith(value.substring(0, any))
                                            && one.endsWith(value.substring(any + 1)));
        }
    }

    private static String rest(String text) {
        return text.substring(text.indexOf(' ') + 1);
    }

    private List<String> services() {
        return probe.apps().stream()
                .flatMap(app -> site.declared(probe, app.name()).declarations().stream())
                .map(Declaration::service)
                .distinct()
                .toList();
    }
}
