package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Labels that try to be more than values: they are named, and nothing else comes of them. */
@Timeout(120)
@ExtendWith(Chain.Shared.class)
class HostileLabelsIT {
    private static final String HOST = "signalbox.host";

    private static final List<String> WORDS =
            List.of("enable", "service", "port", "host", "path", "network", "group");

    private static final List<String> VALUES =
            List.of(
                    "evil\nserver evil 192.0.2.1:80",
                    "evil\r\n",
                    "e\"vil'",
                    "evil;show info",
                    "evil << x",
                    "evil #",
                    "${HOME}evil",
                    "%[env(HOME)]evil",
                    "\\0\\x00\\u0000evil",
                    "evil\u2028",
                    "evil\u202e",
                    "ev\u00efl",
                    "\ud83d\ude08evil",
                    "evil\t");

    private static Chain chain;
    private static Engine engine;

    @BeforeAll
    static void start(Chain shared) {
        engine = new Engine("sem-hostile-");
        chain = shared;
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void shouldNameEveryHostileValueOnceAndServeOthers() {
        String before = engine.run("before", Map.of(HOST, "before-hostile.test"));
        chain.awaitServed("before-hostile.test", "/", before);
        for (int index = 0; index < VALUES.size(); index++) {
            Map<String, String> labels = new HashMap<>();
            for (String word : WORDS.subList(1, WORDS.size())) {
                labels.put("signalbox." + word, VALUES.get(index));
                labels.put("signalbox.routes.r." + word, VALUES.get(index));
            }
            labels.put("signalbox.bogus", VALUES.get(index));
            engine.run("value-" + index, labels);
        }
        String after = engine.run("after", Map.of(HOST, "after-hostile.test"));

        chain.awaitServed("after-hostile.test", "/", after);
        for (int index = 0; index < VALUES.size(); index++) {
            String name = engine.name("value-" + index);
            chain.awaitWhy(name, "not a service", "signalbox.host=", "signalbox.bogus=");
            assertReportedOnce(name, "signalbox.bogus");
            assertReportedOnce(name, "signalbox.routes.r.host");
        }
        assertThat(chain.get("before-hostile.test", "/").status()).isEqualTo(200);
        assertClean();
    }

    @Test
    void shouldRefuseAHostileValueInEachKeyForItself() {
        for (String word : WORDS) {
            Map<String, String> labels = new HashMap<>();
            labels.put("signalbox.host", "each-" + word + ".test");
            labels.put("signalbox." + word, VALUES.getFirst());
            engine.run("each-" + word, labels);
        }

        for (String word : WORDS) {
            String name = engine.name("each-" + word);
            chain.awaitWhy(name, "signalbox." + word + "=evil\\nserver evil 192.0.2.1:80: ");
            assertReportedOnce(name, "signalbox." + word);
            assertThat(chain.get("each-" + word + ".test", "/").status()).isEqualTo(404);
        }
        assertClean();
    }

    @Test
    void shouldBearLabelsOfAnyLength() {
        String huge = "evil".repeat(16 * 1024);
        Map<String, String> labels = new HashMap<>();
        for (String word : WORDS.subList(1, WORDS.size())) {
            labels.put("signalbox." + word, huge);
        }
        engine.run("long-values", labels);
        String id =
                engine.run(
                        "long-key",
                        Map.of(HOST, "long-key.test", "signalbox." + huge, "x", huge, huge));

        chain.awaitServed("long-key.test", "/", id);
        chain.awaitWhy(
                engine.name("long-values"),
                "not a service",
                "signalbox.host=65536 characters: a value has at most 8192 characters");
        chain.awaitWhy(engine.name("long-key"), "the label's own name is too long");
        assertThat(chain.why(engine.name("long-values"))).hasSizeLessThan(4096);
        assertClean();
    }

    @Test
    void shouldNameHostileKeys() {
        Map<String, String> labels = new HashMap<>();
        labels.put(HOST, "keys.test");
        for (String key :
                List.of(
                        "signalbox.ho\nst",
                        "signalbox.a\"b;c",
                        "signalbox.routes.\nevil.host",
                        "signalbox.routes.e vil.host",
                        "signalbox.",
                        "signalbox..host",
                        "SIGNALBOX.HOST",
                        "signalbox.host ",
                        "signalbox.b\u00fccher\u2028",
                        "signalbox.routes.default.host")) {
            labels.put(key, "evil.test");
        }
        String id = engine.run("keys", labels);

        chain.awaitServed("keys.test", "/", id);
        chain.awaitWhy(
                engine.name("keys"),
                "signalbox.ho\\nst=evil.test: there is no such label",
                "signalbox.routes.\\nevil.host=evil.test: a route's name has",
                "SIGNALBOX.HOST=evil.test: there is no such label, did you mean signalbox.host?",
                "signalbox.b\\u00fccher\\u2028=evil.test");
        assertThat(chain.get("evil.test", "/").status()).isEqualTo(404);
        assertClean();
    }

    private static void assertReportedOnce(String container, String key) {
        await().atMost(Chain.PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(chain.log())
                                        .filteredOn(line -> line.contains("\"" + container + "\""))
                                        .filteredOn(line -> line.contains("key=\"" + key + "\""))
                                        .hasSize(1));
    }

    /** Every line of the maps is an entry of ours, and no file says anything of what was tried. */
    private static void assertClean() {
        assertThat(chain.configuration("routes").lines())
                .allMatch(
                        line ->
                                line.matches(
                                        "[a-z0-9.*_:\\[\\]-]+/\\S* \\d+/[A-Za-z0-9][A-Za-z0-9._-]*"));
        assertThat(chain.configuration("services").lines())
                .allMatch(line -> line.matches("[A-Za-z0-9._-]+ [A-Za-z0-9._-]+"));
        for (String file : List.of("haproxy.cfg", "routes", "splits", "services", "version")) {
            assertThat(chain.configuration(file))
                    .as(file)
                    .matches("[\\x20-\\x7e\\n]*")
                    .doesNotContain("evil", "192.0.2.1:80", "show info");
        }
    }
}
