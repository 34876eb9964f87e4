package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LateClientTest {
    private volatile Thread caller = new Thread();
    private volatile boolean known;
    private final Client client = LateClient.of(Client.class, () -> known, Made::new);

    /** What a client can do. */
    interface Client extends AutoCloseable {
        String ask(String what);

        void wakeup();

        @Override
        void close();
    }

    /** One that was made. */
    private static final class Made implements Client {
        private String said = "";

        @Override
        public String ask(String what) {
            if (what.isEmpty()) {
                throw new IllegalArgumentException("nothing was asked");
            }
            return said + what;
        }

        @Override
        public void wakeup() {
            said = "woken ";
        }

        @Override
        public void close() {
            said = "closed ";
        }
    }

    @Test
    void shouldAnswerOnceABrokersNameIsKnown() {
        CompletableFuture<String> answer = waiting();

        known = true;

        assertThat(answer.join()).isEqualTo("it");
    }

    @Test
    void shouldHandOverWhatIsCalledOnceItIsMade() {
        known = true;

        assertThat(client.ask("it")).isEqualTo("it");
        client.wakeup();
        assertThat(client.ask("it")).isEqualTo("woken it");
        client.close();
        assertThat(client.ask("it")).isEqualTo("closed it");
        assertThatThrownBy(() -> client.ask("")).hasMessage("nothing was asked");
    }

    @Test
    void shouldEndTheWaitOfOneWhoIsWoken() {
        CompletableFuture<String> answer = waiting();

        client.wakeup();

        assertThatThrownBy(answer::join).hasCauseInstanceOf(WakeupException.class);
    }

    @Test
    void shouldEndTheWaitOfOneWhoIsInterrupted() {
        CompletableFuture<String> answer = waiting();

        caller.interrupt();

        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InterruptException.class);
    }

    @Test
    void shouldEndTheWaitWhenItIsClosed() {
        CompletableFuture<String> answer = waiting();

        client.close();

        assertThatThrownBy(answer::join).hasMessageContaining("closed before any broker");
    }

    /** What a thread gets that asks, and waits already. */
    private CompletableFuture<String> waiting() {
        Executor thread = body -> Thread.ofPlatform().daemon().start(() -> run(body));
        CompletableFuture<String> answer =
                CompletableFuture.supplyAsync(() -> client.ask("it"), thread);
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        return answer;
    }

    private void run(Runnable body) {
        caller = Thread.currentThread();
        body.run();
    }
}
