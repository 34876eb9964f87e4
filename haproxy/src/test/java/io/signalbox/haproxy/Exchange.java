package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A request, and what is expected of its answer: headers in small letters, then the body. */
final class Exchange {

    private final String request;
    private final List<String> headers = new ArrayList<>();
    private final List<String> there = new ArrayList<>();
    private final List<String> notThere = new ArrayList<>();
    private boolean tls;
    private int status = 200;
    private String host = "";

    private Exchange(String request) {
        this.request = request;
    }

    static Exchange get(String path) {
        return new Exchange("GET " + path + " HTTP/1.1");
    }

    static Exchange of(String requestLine) {
        return new Exchange(requestLine);
    }

    Exchange throughTls() {
        tls = true;
        return this;
    }

    /** Another host header than the service's own. */
    Exchange host(String said) {
        host = said;
        return this;
    }

    Exchange with(String header) {
        headers.add(header);
        return this;
    }

    Exchange gives(int expected) {
        status = expected;
        return this;
    }

    /** A line, or the beginning of one. */
    Exchange and(String line) {
        there.add(line);
        return this;
    }

    Exchange without(String line) {
        notThere.add(line);
        return this;
    }

    void check(String service, int port, int tlsPort) throws IOException {
        var head = new StringBuilder(request);
        if (!request.endsWith("HTTP/1.0")) {
            head.append("\r\nHost: ").append(host.isEmpty() ? service + ".example" : host);
        }
        headers.forEach(header -> head.append("\r\n").append(header));
        var answer = new RealRequest(tls ? tlsPort : port, tls).send(head.toString());
        var lines = "\n" + String.join("\n", answer.headers()) + "\n" + answer.body();
        assertThat(answer.status()).as("%s: %s -> %s", service, head, lines).isEqualTo(status);
        for (var line : there) {
            assertThat(lines).as("%s: %s", service, head).contains("\n" + line);
        }
        for (var line : notThere) {
            assertThat(lines).as("%s: %s", service, head).doesNotContain("\n" + line);
        }
    }
}
