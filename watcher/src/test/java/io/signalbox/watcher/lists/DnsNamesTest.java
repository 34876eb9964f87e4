package io.signalbox.watcher.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.watcher.core.lists.DnsMessage;
import io.signalbox.watcher.core.lists.KnownAddresses.Answer;
import io.signalbox.watcher.core.lists.ListedService.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsNamesTest {
    private static final Lookup WEB = new Lookup("web", "");
    private static final Lookup SLOW = new Lookup("slow", "");
    private static final Answer NONE = new Answer.None("no such name");

    private final Map<Lookup, Answer> answers = new ConcurrentHashMap<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger changes = new AtomicInteger();
    private final DnsNames names =
            new DnsNames(this::answer, Duration.ofMillis(10), changes::incrementAndGet);

    private Answer answer(Lookup lookup, int type) {
        if (lookup.equals(SLOW)) {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return type == DnsMessage.A ? answers.getOrDefault(lookup, NONE) : NONE;
    }

    @AfterEach
    void stop() {
        names.close();
    }

    @Test
    void shouldTellOnlyOfChanges() {
        answers.put(WEB, addresses("10.0.0.1"));
        names.follow(Set.of(WEB));
        awaitAddresses(WEB, "10.0.0.1");
        answers.put(WEB, addresses("10.0.0.2", "10.0.0.1"));
        awaitAddresses(WEB, "10.0.0.1", "10.0.0.2");

        assertThat(changes).hasValue(2);
    }

    @Test
    void shouldKeepAddressesWhileAnswersStayAway() {
        answers.put(WEB, addresses("10.0.0.1"));
        names.follow(Set.of(WEB));
        awaitAddresses(WEB, "10.0.0.1");

        answers.put(WEB, new Answer.Failed("away"));
        await().until(() -> names.failing() == 1);
        assertThat(names.addresses(WEB)).containsExactly("10.0.0.1");

        answers.put(WEB, addresses("10.0.0.2"));
        awaitAddresses(WEB, "10.0.0.2");
        assertThat(names.failing()).isZero();
    }

    @Test
    void shouldNotLetASlowNameDelayAnother() {
        answers.put(WEB, addresses("10.0.0.1"));
        names.follow(Set.of(SLOW, WEB));

        awaitAddresses(WEB, "10.0.0.1");

        assertThat(names.answered()).isFalse();
        names.follow(Set.of(WEB));
        assertThat(names.answered()).isTrue();
    }

    @Test
    void shouldKeepAddressesWhenAnotherServerIsToBeAsked() {
        answers.put(WEB, addresses("10.0.0.1"));
        names.follow(Set.of(WEB));
        awaitAddresses(WEB, "10.0.0.1");
        Lookup elsewhere = new Lookup("web", "127.0.0.11:53");

        names.follow(Set.of(elsewhere));

        assertThat(names.addresses(elsewhere)).containsExactly("10.0.0.1");
        assertThat(names.answered()).isFalse();
        assertThat(names.addresses(WEB)).isEmpty();
    }

    private void awaitAddresses(Lookup lookup, String... addresses) {
        await().pollInterval(Duration.ofMillis(5))
                .untilAsserted(
                        () -> assertThat(names.addresses(lookup)).containsExactly(addresses));
    }

    private static Answer addresses(String... addresses) {
        return new Answer.Addresses(List.of(addresses));
    }
}
