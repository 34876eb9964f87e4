package io.signalbox.watcher.core.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverSettingsTest {

    @Test
    void shouldReadWhatTheSystemSays() {
        ResolverSettings settings =
                ResolverSettings.parse(
                        """
                        # made by the network
                        nameserver 127.0.0.11
                        nameserver 192.0.2.1 # second
                        search corp.example.com example.com.
                        options timeout:1 ndots:2
                        sortlist nothing
                        """);

        assertThat(settings)
                .isEqualTo(
                        new ResolverSettings(
                                List.of("127.0.0.11", "192.0.2.1"),
                                List.of("corp.example.com", "example.com."),
                                2));
    }

    @Test
    void shouldAskThisHostWhereNothingIsSaid() {
        assertThat(ResolverSettings.parse(""))
                .isEqualTo(new ResolverSettings(List.of("127.0.0.1"), List.of(), 1));
    }

    @Test
    void shouldCompleteShortNamesFirstAndLongOnesLast() {
        ResolverSettings settings =
                new ResolverSettings(List.of("127.0.0.11"), List.of("a.example", "b.example."), 1);

        assertThat(settings.candidates("web"))
                .containsExactly("web.a.example", "web.b.example", "web");
        assertThat(settings.candidates("tasks.web"))
                .containsExactly("tasks.web", "tasks.web.a.example", "tasks.web.b.example");
        assertThat(settings.candidates("web.")).containsExactly("web");
    }
}
