package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a received backend may say of HTTP. */
class AllowedHttpTest {

    @Test
    void shouldAllowWhatTheWriterWrites() {
        for (var one : HttpCases.all()) {
            assertThat(AllowedText.problem(one.rules().lines())).as(one.name()).isEmpty();
        }
        var apostrophes = Rules.none().error(503, "'".repeat(4_000)).maintenance("'".repeat(4_000));
        assertThat(AllowedText.problem(apostrophes.lines())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http-request deny",
                "http-request deny deny_status 200",
                "http-request deny deny_status 403 if { src -f /etc/passwd }",
                "http-request redirect location https://%[env(HOME)]%[pathq] code 301 unless { var(txn.https) -m bool }",
                "http-request set-var(txn.https) bool(true)",
                "http-request set-var(txn.https) bool(true) if { always_true }",
                "http-request redirect location https://%[req.fhdr(host),host_only]%[pathq] code 301",
                "http-request redirect location /%[pathq] code 301",
                "http-request redirect location %[pathq] code 304 if { var(txn.redirect) -m int 1 }",
                "http-request set-var(txn.redirect) int(1) if { path -m len 1:2000 } { path -m reg -f /etc/passwd }",
                "http-request set-var(txn.redirect) int(1) if { path -m len 1:2000 } { path -m reg /a }",
                "http-request set-var(txn.redirect) int(1) if { path -m len 1:2000 } { path -m reg '^/a' -f /etc/passwd }",
                "http-request set-var(txn.redirect) int(1) if { path -m len 1:2000 } { path -m reg '^/a }",
                "http-request set-var(txn.redirect) env(HOME) if { path -m len 1:2000 } { path -m reg '^/a' }",
                "http-request set-var(txn.redirect) int(1) if { path -m reg '^/a' }",
                "http-request set-var(proc.x) int(1) if { path -m len 1:2000 } { path -m reg '^/a' }",
                "http-request replace-path '^/a' '/%[env(HOME)]' if { var(txn.rewrite) -m int 1 }",
                "http-request replace-path '^/a' '/%%%[src]' if { var(txn.rewrite) -m int 1 }",
                "http-request replace-path '^/a' /b",
                "http-request set-path %[path]",
                "http-request set-path /%[env(HOME)]%[path]",
                "http-request set-path /a%[path,bytes(1)]",
                "http-request set-var(txn.strip) int(5) if { path,concat(/) -m beg -f }",
                "http-request set-var(txn.strip) int(5) if { path,concat(/) -m beg /a /b }",
                "acl allowed src",
                "acl allowed src -f /etc/passwd",
                "acl allowed src localhost",
                "acl allowed hdr(host) 10.0.0.0/8",
                "acl other src 10.0.0.0/8",
                "acl origin req.fhdr(origin) -m str -f /etc/passwd",
                "acl origin req.fhdr(origin) -m reg https://a",
                "stick-table type ip size 100k expire 10s store http_req_rate(10s)",
                "stick-table type ipv6 size 100000k expire 10s store http_req_rate(10s)",
                "stick-table type ipv6 size 100k expire 10s store http_req_rate(10s) peers x",
                "http-request track-sc0 src table other",
                "http-request auth realm a b",
                "http-request auth realm 'a' unless { http_auth(users:) }",
                "http-request auth realm 'a' unless { http_auth(users:a/b) }",
                "http-request auth realm 'a' unless { http_auth(users:a) } or TRUE",
                "http-request auth realm 'a' unless { http_auth(other) }",
                "http-request auth realm 'a' unless { always_true }",
                "user ann password secret",
                "user ann insecure-password secret",
                "user ann password '$6$x' groups y",
                "user ann password '$2y$05$abcdefghijklmnopqrstuuabcdefgh'",
                "userlist x",
                "group x users y",
                "http-request set-header Host x",
                "http-request set-header host x",
                "http-request set-header X-Forwarded-For x",
                "http-request add-header Content-Length x",
                "http-request del-header Connection",
                "http-request del-header X-A -m beg",
                "http-request set-header X-A %[env(HOME)]",
                "http-request set-header X-A '%[env(HOME)]'",
                "http-request set-header X-A '%%%[env(HOME)]'",
                "http-request set-header X-A %T",
                "http-request set-header X-A \"${HOME}\"",
                "http-request set-header X-A ${HOME}",
                "http-request set-header X-A $HOME",
                "http-request set-header X-A a b",
                "http-request set-header X-A 'a'b'",
                "http-request set-header X-A 'a' if { always_true }",
                "http-request set-header X-A a # b",
                "http-request set-header X-A a\\",
                "http-request set-header X-A @maps@",
                "http-request set-header X-A @users@",
                "user @users@ password '$1$saltsalt$9xy1btjgzLYfb7hivXtC//'",
                "http-after-response set-header Strict-Transport-Security max-age=1 if TRUE",
                "http-after-response set-header Retry-After '%[src]' if { var(txn.limited) -m bool }",
                "http-after-response del-header access-control- -m reg",
                "http-request return status 503 content-type text/plain file /etc/passwd",
                "http-request return status 503 content-type text/plain lf-file /etc/passwd",
                "http-request return status 503 content-type text/plain lf-string '%[src]'",
                "http-request return status 503 content-type text/plain string 'a' hdr X-A b",
                "http-request return status 200 content-type text/plain string 'a'",
                "http-request return status 503 content-type text/plain string @maps@",
                "http-error status 503 content-type text/html file /etc/passwd",
                "http-error status 503 content-type text/html string a b",
                "http-error status 503 content-type text/html string 'a' # b",
                "http-error status 503 content-type text/html string 'a\\''",
                "errorfile 503 /etc/passwd",
                "compression algo gzip deflate",
                "compression offload",
                "compression type 'text/html x'",
                "filter spoe engine x config /etc/passwd",
                "http-request lua.x",
                "http-request use-service prometheus-exporter",
                "http-request set-src str(10.0.0.1)"
            })
    void shouldAllowNothingWider(String line) {
        assertThat(AllowedText.problem(List.of("    " + line))).isPresent();
    }

    @Test
    void shouldRefuseALineThatIsTooLongToBeLookedAt() {
        var line = "    http-error status 503 content-type text/plain string ";

        assertThat(AllowedText.problem(List.of(line + "a".repeat(19_000)))).isEmpty();
        assertThat(AllowedText.problem(List.of(line + "a".repeat(20_000)))).isPresent();
    }

    @Test
    void shouldRefuseWhatChanceChanged() {
        var lines = new ArrayList<String>();
        HttpCases.all().forEach(one -> lines.addAll(one.rules().lines()));
        Seeded.check(
                20_000,
                random -> {
                    var line = lines.get(random.nextInt(lines.size()));
                    var cut = random.nextInt(line.length() + 1);
                    var inserted = "\n\"$\\#`\0".charAt(random.nextInt(7));
                    var changed = line.substring(0, cut) + inserted + line.substring(cut);
                    var first = line.indexOf('\'');
                    var inQuotes = first >= 0 && cut > first && cut <= line.lastIndexOf('\'');
                    if (inserted == '\n' || inserted == 0 || !inQuotes) {
                        assertThat(AllowedText.problem(List.of(changed))).as(changed).isPresent();
                    }
                });
    }
}
