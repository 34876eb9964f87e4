package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.Withheld;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that are written to do harm, are far too long, or did not leave their host. */
class HostileLabelsTest {
    private static final Containers WEB = Containers.named("web").tcp(8080);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\r\nuse_backend x",
                "a\"b",
                "a'b",
                "a;b",
                "a\\b",
                "a\u0000b",
                "ä",
                "80\n",
                "a\r",
                "true\u2003"
            })
    void shouldRefuseHostileTextInEveryKey(String hostile) {
        for (String word : SignalboxKeys.OF_CONTAINER) {
            Declared declared =
                    WEB.label("signalbox.enable", "true")
                            .label("signalbox." + word, hostile)
                            .declared();

            boolean shown = word.equals("maintenance") && Values.isPrintableAscii(hostile);
            assertThat(declared.rejections().isEmpty()).as(word).isEqualTo(shown);
            assertThat(declared.toString()).as(word).matches("[\\x20-\\x7e…]*");
            assertThat(declared.declarations())
                    .as(word)
                    .allSatisfy(one -> assertThat(one.routes()).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nuse_backend x", "a\u0000b", "\u00e4", "80\n", "a\u2003"})
    void shouldRefuseHostileTextBehindAndInKeysWithAWordOfTheUsers(String hostile) {
        for (String key :
                List.of(
                        "headers.request.set.X-A",
                        "headers.response.add.X-A",
                        "headers.response.delete.X-A",
                        "error.503",
                        "headers.request.set." + hostile,
                        "headers.response.delete." + hostile,
                        "error." + hostile)) {
            Declared declared =
                    WEB.label("signalbox.host", "a.example")
                            .label("signalbox." + key, key.endsWith(hostile) ? "true" : hostile)
                            .declared();

            assertThat(declared.rejections()).as(key).hasSize(1);
            assertThat(declared.toString()).as(key).matches("[\\x20-\\x7e…]*");
            assertThat(declared.declarations().getFirst().policy().http())
                    .as(key)
                    .isEqualTo(HttpPolicy.NONE);
        }
    }

    @Test
    void shouldReportEveryBadValueAtOnce() {
        Containers all = WEB;
        for (String word : SignalboxKeys.OF_CONTAINER) {
            if (HttpKeys.WORDS.contains(word)) {
                continue; // some of them may be any text
            }
            all = word.equals("enable") ? all : all.label("signalbox." + word, "a;b");
            all = word.equals("enable") ? all : all.label("signalbox.routes.r." + word, "a;b");
        }

        Declared declared = all.declared();

        int bad = 2 * (SignalboxKeys.OF_CONTAINER.size() - HttpKeys.WORDS.size() - 1);
        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections()).hasSize(51).doesNotHaveDuplicates();
        assertThat(declared.rejections().getLast().message())
                .isEqualTo("and %d more labels are not followed", bad - 50);
    }

    @Test
    void shouldCutHugeValuesForDisplay() {
        String huge = "a".repeat(65_536);
        for (String word : SignalboxKeys.OF_CONTAINER) {
            Declared declared = WEB.label("signalbox." + word, huge).declared();

            assertThat(codes(declared)).as(word).contains("too-long");
            assertThat(declared.rejections())
                    .allSatisfy(one -> assertThat(one.value()).hasSizeLessThan(120));
        }
    }

    @Test
    void shouldSayWhichValueDidNotLeaveTheHostForItsLength() {
        for (String word : SignalboxKeys.OF_CONTAINER) {
            Declared declared =
                    WEB.label("signalbox.host", "a.example")
                            .label(
                                    "signalbox." + word,
                                    new Withheld(Withheld.VALUE_TOO_LONG, "65536").text())
                            .declared();

            assertThat(declared.rejections())
                    .filteredOn(one -> one.code().equals("too-long"))
                    .singleElement()
                    .satisfies(one -> assertThat(one.value()).isEqualTo("65536 characters"));
            // What holds for the service as a whole takes itself alone, and so does the default.
            boolean alone = SignalboxKeys.OF_SERVICE.contains(word) || word.equals("default");
            int left = alone ? 1 : 0;
            assertThat(declared.declarations())
                    .as(word)
                    .allSatisfy(one -> assertThat(one.routes()).hasSize(left));
        }
    }

    @Test
    void shouldBearHostileKeys() {
        Declared declared =
                WEB.label("signalbox.host", "a.example")
                        .label("signalbox.x\ny", "1")
                        .label("signalbox.routes.a\nb.host", "h.example")
                        .label("signalbox." + "z".repeat(65_536), "1")
                        .declared();

        assertThat(hosts(declared)).containsExactly("a.example");
        assertThat(declared.rejections()).hasSize(3);
        assertThat(declared.toString()).matches("[\\x20-\\x7e…]*").hasSizeLessThan(2000);
    }

    @Test
    void shouldReportAtMostFiftyRejections() {
        Containers web = WEB.label("signalbox.host", "a.example");
        for (int key = 0; key < 500; key++) {
            web = web.label("signalbox.unknown" + key, "x");
        }

        assertThat(web.declared().rejections()).hasSize(51);
    }

    @Test
    void shouldBoundWhatOneContainerCanClaim() {
        StringBuilder list = new StringBuilder("h0");
        for (int host = 1; host < 1500; host++) {
            list.append(",h").append(host);
        }
        Containers web = WEB;
        for (int route = 0; route < 99; route++) {
            web =
                    web.label("signalbox.routes.r" + route + ".host", list.toString())
                            .label("signalbox.routes.r" + route + ".path", "/" + route);
        }

        Declared declared = web.declared();

        assertThat(declared.declarations().getFirst().routes()).hasSize(1000);
        assertThat(codes(declared)).contains("too-many");
    }

    private static List<String> hosts(Declared declared) {
        return declared.declarations().getFirst().routes().stream().map(Route::host).toList();
    }

    private static List<String> codes(Declared declared) {
        return declared.rejections().stream().map(Rejection::code).distinct().toList();
    }
}
