package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.decided;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedFoldTest {
    private final Partition log = new Partition();

    @Test
    void shouldNotLetALateExpiryTouchANewerRegistration() {
        Endpoint endpoint = new Endpoint("e", "192.0.2.9", 80, 10, List.of());
        long first = log.next;
        log.append(decided("endpoint/e", new Fact.EndpointRegistered(endpoint)));
        long again = log.next;
        log.append(decided("endpoint/e", new Fact.EndpointRegistered(endpoint)));

        FoldResult late = log.append(decided("endpoint/e", new Fact.EndpointExpired("e", first)));

        assertThat(late.changed()).isEmpty();
        FoldResult meant = log.append(decided("endpoint/e", new Fact.EndpointExpired("e", again)));
        assertThat(meant.changed())
                .singleElement()
                .satisfies(gone -> assertThat(((RegisteredEndpoint) gone).gone()).isTrue());
    }

    @Test
    void shouldFollowAnExpiryOfTheFirstVersionThatNamesNoRegistration() {
        Endpoint endpoint = new Endpoint("e", "192.0.2.9", 80, 10, List.of());
        log.append(decided("endpoint/e", new Fact.EndpointRegistered(endpoint)));

        assertThat(log.append(decided("endpoint/e", new Fact.EndpointExpired("e", null))).changed())
                .hasSize(1);
    }
}
