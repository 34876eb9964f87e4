package io.signalbox.applier.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.applier.core.template.TemplateFailed;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PebbleTemplatesTest {
    private final PebbleTemplates pure = PebbleTemplates.pure();

    private String pure(String template) throws TemplateFailed {
        return pure.render("x.tmpl", template, Samples.data());
    }

    private static String asking(String template) throws TemplateFailed {
        return PebbleTemplates.of(new Fake()).render("x.tmpl", template, Samples.data());
    }

    @Test
    void shouldGiveTheLinesOfTheArticleForServersThatAreRegistered() throws Exception {
        String text =
                pure(
                        """
                        backend application-backend
                            cookie JSESSIONID prefix
                        {%- for server in servers("stupid_server") %}
                            server {{ server.id }} {{ server.address }}:{{ server.port }} cookie {{ server.id }} check
                        {%- endfor %}
                        """);

        assertThat(text)
                .isEqualTo(
                        """
                        backend application-backend
                            cookie JSESSIONID prefix
                            server server-1 10.10.10.10:9000 cookie server-1 check
                            server server-2 10.10.10.11:9000 cookie server-2 check
                        """);
    }

    @Test
    void shouldTellServicesSortedWithRoutesAndWithoutThoseThatStop() throws Exception {
        assertThat(
                        pure(
                                "{% for s in services %}{{ s.name }}"
                                        + "[{% for r in s.routes %}{{ r.host }}{{ r.path }}"
                                        + " {{ r.host_kind }} {{ r.percent }}{% endfor %}]"
                                        + "({{ s.servers | length }}+{{ s.stopping | length }})"
                                        + "{% if loop.last %}.{% endif %}{% endfor %}"))
                .isEqualTo("stupid_server[](2+1)web[shop.example.com/cart exact 100](1+0).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "getv('/services/web/abc') => [2001:db8::5]:80",
                "getv('/services/web/zzz', 'none') => none",
                "exists('/services/web/abc') => true",
                "exists('/services/web') => false",
                "get('/services/web/abc').key => /services/web/abc",
                "getvs('/services/stupid_server/*') | join(',') => 10.10.10.10:9000,10.10.10.11:9000",
                "getvs('/services/stupid_server*') => []",
                "ls('/services') | join(',') => stupid_server,web",
                "lsdir('/services/web') => []",
                "base('/a/b/c') => c",
                "dir('/a/b/c') => /a/b",
                "dir('a') => .",
                "split('a:b:', ':') | length => 3",
                "join(['a', 'b'], '-') => a-b",
                "replace('aaa', 'a', 'b', 2) => bba",
                "replace('a.a', '.', '$1') => a$1a",
                "toUpper('ab') ~ toLower('CD') => ABcd",
                "trimSuffix('web.service', '.service') => web",
                "json('{\"a\": [1, 2]}').a[1] => 2",
                "jsonArray('[\"x\"]')[0] => x",
                "map('a', 1, 'b', 2).b => 2",
                "base64Decode(base64Encode('hé')) => hé",
                "parseBool('T') => true",
                "reverse(['a', 'b']) | join => ba",
                "sortByLength(['ccc', 'b', 'a']) | join(',') => a,b,ccc",
                "sortKVByLength(gets('/services/*/*'))[0].key => /services/web/abc",
                "add(1, 2) ~ sub(5, 1) ~ mul(2, 3) ~ div(7, 2) ~ mod(7, 2) => 34631",
                "seq(2, 4) | join(',') => 2,3,4",
                "atoi('42') + 1 => 43",
                "'abc' contains 'b' => true",
                "servers('gone', []) | length => 0",
                "'<a & b>' => <a & b>",
                "service('web').servers[0].host => host-a"
            })
    void shouldAnswerAsConfdDoes(String expression, String expected) throws Exception {
        assertThat(pure("{{ " + expression + " }}")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "getenv('HOME') => /home/me",
                "getenv('NOPE', 'x') => x",
                "datetime() => 2026-01-02T03:04:05Z",
                "datetime('yyyy') => 2026",
                "fileExists('/etc/hosts') => true",
                "lookupIP('db') | join(',') => 10.0.0.1,10.0.0.2,2001:db8::1",
                "lookupIPV4('db') | join(',') => 10.0.0.1,10.0.0.2",
                "lookupIPV6('db') | join(',') => 2001:db8::1",
                "lookupSRV('_db._tcp')[0].target => a.example.com."
            })
    void shouldAskTheMachineWhereItMay(String expression, String expected) throws Exception {
        assertThat(asking("{{ " + expression + " }}")).isEqualTo(expected);
        assertThatThrownBy(() -> pure("{{ " + expression + " }}"))
                .isInstanceOf(TemplateFailed.class)
                .hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "{{ nope }} => Root attribute [nope] does not exist",
                "{{ services[0].nope }} => Attribute [nope]",
                "{{ services[9] }} => Index out of bounds",
                "{{ getv('/nope') }} => getv: there is no key /nope",
                "{{ servers('nope') }} => servers: the group default has no service nope",
                "{{ getvs('[') }} => getvs: a '[' has no ']' in [",
                "{{ getv() }} => getv: needs 1 arguments, not 0",
                "{{ add('a', 1) }} => add: argument 1 must be a whole number: a",
                "{{ div(1, 0) }} => div: / by zero",
                "{{ seq(1, 2000000) }} => seq: has more than 1000000 numbers",
                "{{ json('{') }} => json: is no object in JSON",
                "{% if true %} => Unexpected end of template",
                "{{ 1 | date }} => does not exist",
                "{% include 'y' %} => include",
                "{{ 'a'.class }} => For security reasons",
                "{{ services.getClass() }} => ",
                "{{ 'a'.length() }} => For security reasons"
            })
    void shouldNameTemplateAndLineOfWhatIsWrong(String template, String words) {
        assertThatThrownBy(() -> pure("\n\n" + template))
                .isInstanceOf(TemplateFailed.class)
                .hasMessageStartingWith("x.tmpl:3: ")
                .hasMessageContaining(words == null ? "" : words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% for a in range(1, 100000) %}{% for b in range(1, 1000) %}xxxxxxxxxx{% endfor %}"
                        + "{% endfor %}"
            })
    void shouldEndWhatDoesNotEnd(String template) {
        assertThatThrownBy(() -> pure(template)).isInstanceOf(TemplateFailed.class);
    }

    @Test
    void shouldSayThatANameWasNotFoundInsteadOfAnEmptyList() {
        assertThatThrownBy(() -> asking("{{ lookupIP('gone') }}"))
                .isInstanceOf(TemplateFailed.class)
                .hasMessage("x.tmpl:1: lookupIP: gone");
    }

    @Test
    void shouldTellKeysBelowAPrefixByTheRestOfTheirNames() throws Exception {
        var data = Samples.data();
        var some = data.withKeys(data.keys().below("/services", List.of("/web")));

        assertThat(pure.render("x", "{{ ls('/') }}{{ getvs('/*/*') }}", some))
                .isEqualTo("[web][[2001:db8::5]:80]");
    }

    private static final class Fake implements Machine {
        @Override
        public Optional<String> variable(String name) {
            return Optional.ofNullable(Map.of("HOME", "/home/me").get(name));
        }

        @Override
        public ZonedDateTime now() {
            return ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.UTC);
        }

        @Override
        public boolean fileExists(String path) {
            return path.equals("/etc/hosts");
        }

        @Override
        public List<String> addresses(String host) throws IOException {
            if (host.equals("gone")) {
                throw new UnknownHostException(host);
            }
            return List.of("10.0.0.2", "2001:db8::1", "10.0.0.1");
        }

        @Override
        public List<String> services(String name) {
            return List.of("10 5 5432 b.example.com.", "1 5 5432 a.example.com.");
        }
    }
}
