package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the documentation are labels that are followed. */
class ExamplesTest {
    /** Users are named, or by reference to a list; both together would contradict each other. */
    @ParameterizedTest
    @ValueSource(strings = {"signalbox.auth.list", "signalbox.auth.users"})
    void shouldFollowAllExamplesAtOnce(String other) {
        Containers all = Containers.named("web").tcp(8080);
        for (SignalboxKeys.Key key : SignalboxKeys.ALL) {
            if (!key.key().equals(other)) {
                all = all.label(named(key.key()), key.example());
            }
        }

        Declared declared = all.declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(declared.declarations())
                .flatExtracting(one -> one.routes())
                .extracting(route -> route.host() + route.path())
                .contains("shop.example.com/api", "api.example.com/v2");
    }

    private static String named(String key) {
        return key.replace("<name>", "web")
                .replace("<Name>", "X-A")
                .replace("<status>", "503")
                .replace("<n>", "2")
                .replace("<field>", "x-a");
    }

    @Test
    void shouldDocumentEveryLabel() {
        assertThat(SignalboxKeys.ALL)
                .extracting(SignalboxKeys.Key::key)
                .doesNotHaveDuplicates()
                .containsAll(
                        SignalboxKeys.OF_CONTAINER.stream()
                                .map(SignalboxKeys.PREFIX::concat)
                                .toList())
                .containsAll(
                        SignalboxKeys.OF_ROUTE.stream()
                                .map(word -> SignalboxKeys.ROUTES + "<name>." + word)
                                .toList());
    }
}
