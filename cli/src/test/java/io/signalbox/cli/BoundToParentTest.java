package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BoundToParentTest {

    /** Says that it runs, and never ends by itself. */
    public static final class Endless {

        private Endless() {}

        /** Runs for ever. */
        public static void main(String[] args) throws InterruptedException {
            System.out.println("running " + args[0]);
            new CountDownLatch(1).await();
        }
    }

    @Test
    void shouldEndWhenTheParentIsGone() throws Exception {
        // Given
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                BoundToParent.class.getName(),
                                Endless.class.getName(),
                                "well")
                        .start();
        assertThat(child.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("running well");
        assertThat(child.isAlive()).isTrue();

        // When
        child.getOutputStream().close();

        // Then
        assertThat(child.waitFor()).isZero();
    }
}
