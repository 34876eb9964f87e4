package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedTextTest {

    private static final ListenAddress LISTEN = new ListenAddress("", 80);
    private static final FrameSettings.EntryPoint ENTRY =
            new FrameSettings.EntryPoint(new Identifier("http"), LISTEN);
    private static final Frame FRAME = Frame.of(Samples.frame(LISTEN));

    @Test
    void shouldAllowWhatTheWriterWrites() {
        assertThat(AllowedText.problem(FRAME, List.of(ENTRY))).isEmpty();
        assertThat(
                        AllowedText.problem(
                                Frame.of(Samples.otherFrame()), Samples.otherFrame().entryPoints()))
                .isEmpty();
        for (var path : List.of("/", "/a?b=c&d=$e%20f", "/~" + "x".repeat(1022))) {
            var check = new HttpCheck(path, "[::1]:80", "100,200-599");
            var settings = new BackendSettings(Balance.FIRST, null, null, null, null, null, check);
            assertThat(AllowedText.problem(settings.lines())).isEmpty();
        }
        for (var mode : Sticky.Mode.values()) {
            for (var key : Arrays.asList(new Identifier("k"), null)) {
                var sticky = new Sticky(mode, "A", true, key);
                assertThat(AllowedText.problem(BackendSettings.of(Balance.FIRST, sticky).lines()))
                        .isEmpty();
            }
        }
        for (var balance : Balance.values()) {
            assertThat(AllowedText.problem(BackendSettings.of(balance).lines())).isEmpty();
            for (var time : List.of(Duration.ofMillis(1), Duration.ofHours(24))) {
                var settings = new BackendSettings(balance, time, time, time, 10, null, null);
                assertThat(AllowedText.problem(settings.lines())).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    balance static-rr",
                "    balance source depth 1",
                "    balance url_param x",
                "    balance hdr(x-y)",
                "    balance random(3)",
                "    balance Source",
                "    hash-type map-based",
                "    hash-type consistent sdbm",
                "    hash-balance-factor 150",
                "    timeout client 5s",
                "    timeout connect 5s",
                "    timeout server 0",
                "    timeout server 0s",
                "    timeout server 05s",
                "    timeout server 5",
                "    timeout server 5h",
                "    timeout server 5s 6s",
                "    timeout server 100000s",
                "    timeout server 10000m",
                "    timeout server 100000000ms",
                "    timeout tarpit 5s",
                "    retries",
                "    retries 11",
                "    retries 01",
                "    retries -1",
                "    retries 3 3",
                "    retry-on all-retryable-errors",
                "    option redispatch",
                "    cookie A",
                "    cookie A insert",
                "    cookie A insert indirect nocache dynamic httponly domain example.com",
                "    cookie A prefix nocache dynamic httponly",
                "    cookie A\" insert indirect nocache dynamic httponly",
                "    dynamic-cookie-key",
                "    dynamic-cookie-key a b",
                "    dynamic-cookie-key \"$HOME\"",
                "    option httpchk GET /",
                "    http-check connect port 22",
                "    http-check send meth GET uri /a ver HTTP/1.1 hdr Host a body-lf %[env(HOME)]",
                "    http-check send meth GET uri /a ver HTTP/1.1 hdr Host 'a b'",
                "    http-check send meth GET uri '/a b' ver HTTP/1.1 hdr Host a",
                "    http-check send meth GET uri /%[env(HOME)] ver HTTP/1.1 hdr Host a",
                "    http-check send meth GET uri a ver HTTP/1.1 hdr Host a",
                "    http-check send meth PUT uri /a ver HTTP/1.1 hdr Host a",
                "    http-check send meth GET uri-lf %[env(HOME)] ver HTTP/1.1 hdr Host a",
                "    http-check expect status 2",
                "    http-check expect rstatus .*",
                "    external-check command /bin/sh",
                "    retries 3\n    server x 192.0.2.1:80"
            })
    void shouldAllowABackendNothingWider(String line) {
        assertThat(AllowedText.problem(List.of(line))).isPresent();
    }

    @Test
    void shouldRefuseToListenElsewhere() {
        var elsewhere =
                new FrameSettings.EntryPoint(new Identifier("http"), new ListenAddress("", 81));
        assertThat(AllowedText.problem(FRAME, List.of(elsewhere)))
                .contains("line of frame must be one of the known shapes, not '    bind *:80'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    insecure-fork-wanted",
                "    external-check command /bin/sh",
                "    lua-load /tmp/x.lua",
                "    user root",
                "    setenv HOME x",
                "    stats socket ipv4@0.0.0.0:9999 level admin",
                "    log 192.0.2.1:514 local0",
                "    hard-stop-after 30m # x",
                "    hard-stop-after 30m\n    user root",
                "    maxconn \"${HOME}\"",
                "program evil",
                "frontend x",
                "    bind *:81",
                "    bind *:80 ssl crt /etc/x",
                "    http-request return status 200 content-type text/plain file /etc/hostname",
                "    http-request return status 404 content-type text/plain lf-file /etc/passwd",
                "    http-request return status 404 content-type text/plain string 'a' file '/etc'",
                "    http-request return status 404 content-type text/plain string '%[env(HOME)]' x",
                "    http-request set-var(txn.service) env(HOME)",
                "    http-request set-var(txn.service) str(a),map_beg(/etc/passwd)",
                "    http-request lua.x",
                "    log-format '%[env(HOME)]'",
                "    http-response add-header Set-Cookie '%[env(HOME)]'",
                "    http-response add-header Set-Cookie 'A=%[var(txn.drawn)]; Path=/'",
                "    http-response add-header X 'A=%[var(txn.drawn)]; Path=/; HttpOnly; SameSite=Lax'",
                "    http-request set-var(txn.service) str(a) if { path -f /etc/passwd }",
                "    http-request set-var(txn.service) str(a) if { var(txn.a) -m beg -f }",
                "    http-request set-var(txn.service) rand(1000)",
                "    acl rule.1.1 var(txn.host) -m str -- a",
                "    @rules@ x",
                "    @maps@",
                "    log-format '%[req.hdrs]'",
                "    use_backend %[env(HOME)]",
                "    errorfile 503 /etc/passwd",
                "    server x 192.0.2.1:80",
                "    .if streq(a,a)",
                "    ",
                ""
            })
    void shouldRefuseAnyOtherLineWhereverItStands(String line) {
        for (var i = 0; i <= 3; i++) {
            var lines =
                    List.of(
                            new ArrayList<>(FRAME.global()),
                            new ArrayList<>(FRAME.defaults()),
                            new ArrayList<>(FRAME.sections()));
            if (i < 3) {
                lines.get(i).add(i == 2 ? 1 : 0, line);
                var frame = new Frame(lines.get(0), lines.get(1), lines.get(2));
                assertThat(AllowedText.problem(frame, List.of(ENTRY))).isPresent();
            } else {
                assertThat(AllowedText.problem(List.of(line))).isPresent();
            }
        }
    }

    @Test
    void shouldRefuseWhatChanceChanged() {
        Seeded.check(
                5_000,
                random -> {
                    var lines = new ArrayList<>(FRAME.sections());
                    var at = random.nextInt(lines.size());
                    var line = lines.get(at);
                    var cut = random.nextInt(line.length() + 1);
                    var inserted = "\n\"$\\#".charAt(random.nextInt(5));
                    lines.set(at, line.substring(0, cut) + inserted + line.substring(cut));

                    var problem =
                            AllowedText.problem(
                                    new Frame(FRAME.global(), FRAME.defaults(), lines),
                                    List.of(ENTRY));
                    var inQuotes =
                            line.indexOf('\'') >= 0
                                    && cut > line.indexOf('\'')
                                    && cut <= line.lastIndexOf('\'');
                    if (inserted == '\n' || !inQuotes) {
                        assertThat(problem).as(lines.get(at)).isPresent();
                    }
                });
    }
}
