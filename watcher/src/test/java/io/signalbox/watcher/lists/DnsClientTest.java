package io.signalbox.watcher.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.watcher.core.lists.DnsMessage;
import io.signalbox.watcher.core.lists.KnownAddresses.Answer;
import io.signalbox.watcher.core.lists.ListedService.Lookup;
import io.signalbox.watcher.core.lists.Place;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsClientTest {
    private final SmallDns dns = SmallDns.start();
    private final DnsClient client =
            new DnsClient(
                    List.of(Place.parse(dns.address(), 0).orElseThrow()), Duration.ofMillis(200));

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void shouldAskForBothKindsOfAddresses() {
        dns.has("web", "10.0.0.2", "10.0.0.1", "2001:db8::1");

        assertThat(client.lookUp(new Lookup("web", ""), DnsMessage.A))
                .isEqualTo(new Answer.Addresses(List.of("10.0.0.1", "10.0.0.2")));
        assertThat(client.lookUp(new Lookup("web", ""), DnsMessage.AAAA))
                .isEqualTo(new Answer.Addresses(List.of("2001:db8::1")));
    }

    @Test
    void shouldAskTheNameServerThatAnEntryNames() {
        try (SmallDns other = SmallDns.start()) {
            other.has("web", "10.0.0.9");

            assertThat(client.lookUp(new Lookup("web", other.address()), DnsMessage.A))
                    .isEqualTo(new Answer.Addresses(List.of("10.0.0.9")));
        }
        assertThat(dns.asked()).isZero();
    }

    @Test
    void shouldTakeAnAnswerThatIsTooLongForADatagramOverTcp() {
        dns.has(
                "many",
                IntStream.range(0, 300)
                        .mapToObj(n -> "10.1.%d.%d".formatted(n / 250, 1 + n % 250))
                        .toArray(String[]::new));

        Answer answer = client.lookUp(new Lookup("many", ""), DnsMessage.A);

        assertThat(((Answer.Addresses) answer).addresses()).hasSize(300);
        assertThat(dns.askedOverTcp()).isOne();
    }

    @Test
    void shouldTellTheWaysOfHavingNoAddressApart() {
        Lookup web = new Lookup("web", "");
        dns.has("web", "10.0.0.1");

        assertThat(client.lookUp(new Lookup("other", ""), DnsMessage.A))
                .isEqualTo(new Answer.None("no such name"));
        assertThat(client.lookUp(web, DnsMessage.AAAA))
                .isEqualTo(new Answer.None("web has no address"));
        dns.is(SmallDns.Mood.FAILS);
        assertThat(client.lookUp(web, DnsMessage.A))
                .isEqualTo(new Answer.Failed("the name server answers that it failed"));
        dns.is(SmallDns.Mood.SILENT);
        assertThat(client.lookUp(web, DnsMessage.A))
                .isEqualTo(
                        new Answer.Failed(
                                "no answer from the name server %s within 200 ms"
                                        .formatted(dns.address())));
        dns.close();
        assertThat(client.lookUp(web, DnsMessage.A)).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void shouldGoOnToTheNextNameServer() {
        dns.is(SmallDns.Mood.SILENT);
        try (SmallDns second = SmallDns.start()) {
            second.has("web", "10.0.0.2");
            DnsClient both =
                    new DnsClient(
                            List.of(
                                    Place.parse(dns.address(), 0).orElseThrow(),
                                    Place.parse(second.address(), 0).orElseThrow()),
                            Duration.ofMillis(100));

            assertThat(both.lookUp(new Lookup("web", ""), DnsMessage.A))
                    .isEqualTo(new Answer.Addresses(List.of("10.0.0.2")));
        }
    }
}
