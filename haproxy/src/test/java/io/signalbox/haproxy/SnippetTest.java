package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.Snippet.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnippetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GLOBAL|maxconn 20000",
                "GLOBAL|lua-load /etc/haproxy/x.lua",
                "GLOBAL|tune.bufsize 32768",
                "DEFAULTS|no option http-use-htx",
                "DEFAULTS|option http-ignore-probes",
                "FRONTEND|http-response set-header X-Served-By \"edge one\"",
                "FRONTEND|http-request set-var(txn.my_country) src,map_ip(/etc/geo.map)",
                "FRONTEND|acl office src 10.0.0.0/8",
                "FRONTEND|stick-table type ip size 1m expire 10s store http_req_rate(10s)",
                "BACKEND|http-reuse always",
            })
    void shouldTakeWhatHaproxyCanDo(Place place, String line) {
        assertThat(Snippet.problem(place, line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GLOBAL|stats socket /tmp/s level admin|'stats'",
                "GLOBAL|chroot /var/empty|'chroot'",
                "GLOBAL|daemon|'daemon'",
                "GLOBAL|no master-worker|'master-worker'",
                "GLOBAL|frontend x|begin a section",
                "GLOBAL|.if defined(X)|keyword of HAProxy",
                "GLOBAL|\"stats\" socket /tmp/s|keyword of HAProxy",
                "GLOBAL|s\\tats socket /tmp/s|keyword of HAProxy",
                "DEFAULTS|mode tcp|'mode'",
                "DEFAULTS|userlist x|begin a section",
                "FRONTEND|bind :81|'bind'",
                "FRONTEND|use_backend x|'use_backend'",
                "FRONTEND|default_backend x|'default_backend'",
                "FRONTEND|http-request set-var(txn.service) str(x)|my_NAME",
                "FRONTEND|http-request set-var-fmt(txn.service) x|my_NAME",
                "FRONTEND|http-request unset-var(txn.service)|my_NAME",
                "FRONTEND|http-request set-header X @maps@|placeholder",
                "BACKEND|server x 10.0.0.1:80|'server'",
                "BACKEND|user a password b|'user'",
                "BACKEND|acl allowed always_true|list 'allowed'",
                "BACKEND|acl  denied always_false|list 'denied'",
                "BACKEND|http-request deny \\|backslash",
                "OWN_MACHINE|daemon|'daemon'",
                "OTHER_MACHINE|zero-warning|'zero-warning'",
                "OTHER_MACHINE|frontend x|section",
            })
    void shouldRefuseWhatSteersSignalbox(Place place, String line, String rule) {
        assertThat(Snippet.problem(place, line))
                .hasValueSatisfying(w -> assertThat(w).contains(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\rb", "a\tb", "a\u0000", "option \u00e9"})
    void shouldRefuseWhatIsNotOneLineOfText(String line) {
        assertThat(Snippet.problem(Place.FRONTEND, line)).isPresent();
    }

    @Test
    void shouldTakeWholeSectionsWithNamesOfTheirOwn() {
        assertThat(
                        Snippet.problem(
                                List.of(
                                        "resolvers my_dns",
                                        "nameserver a 10.0.0.1:53",
                                        "listen my_pool",
                                        "bind :81",
                                        "default_backend my_x",
                                        "server a 10.0.0.1:80")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bind :81|must begin a section: one of backend, cache",
                "global|must begin a section",
                "listen pool|must have a name that begins with my_",
                "listen|must have a name that begins with my_",
            })
    void shouldRefuseSectionsThatWouldBeThoseOfSignalbox(String line, String rule) {
        assertThat(Snippet.problem(List.of(line)))
                .hasValueSatisfying(words -> assertThat(words).contains(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"global", "defaults", "program my_x", "crt-store my_x"})
    void shouldRefuseSectionsThatChangeOthers(String line) {
        assertThat(Snippet.problem(List.of("listen my_x", line)))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("must not begin the section"));
    }
}
