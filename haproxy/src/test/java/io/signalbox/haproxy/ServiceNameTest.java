package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceNameTest {
    private final ServiceName web = new ServiceName("web");

    @Test
    void shouldNameAServerAfterItsContainer() {
        assertThat(web.server("0123456789abcdef").value()).isEqualTo("web.0123456789ab");
    }

    @Test
    void shouldNameAServerAfterItsEndpoint() {
        assertThat(web.endpoint("db-1").value()).isEqualTo("web.db-1");
        assertThat(web.endpoint("a".repeat(27)).value()).isEqualTo("web." + "a".repeat(27));
    }

    @Test
    void shouldTellEndpointsApartWhoseIdsAreNoNames() {
        var names =
                java.util.stream.Stream.of(
                                "lambda/t/web/1",
                                "lambda/u/web/1",
                                "a".repeat(28),
                                "a".repeat(29),
                                "sp ace\n",
                                "")
                        .map(id -> web.endpoint(id).value())
                        .toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.length() <= 4 + 27);
        assertThat(names.getFirst()).startsWith("web.1-");
        var longest = new ServiceName("s".repeat(ServiceName.MAX_LENGTH));
        assertThat(longest.endpoint("x".repeat(500)).value()).hasSize(Identifier.MAX_LENGTH);
    }
}
