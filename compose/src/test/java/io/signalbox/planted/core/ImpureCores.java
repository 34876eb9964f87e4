package io.signalbox.planted.core;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;

/** One class for each thing that a pure core must not know. */
public final class ImpureCores {
    private ImpureCores() {}

    /** Files. */
    public record ReadsFiles(Path file) {}

    /** Sockets. */
    public record OpensSockets(Socket socket) {}

    /** Loggers. */
    public record Logs(Logger log) {}

    /** The clock, by the type of the time itself. */
    public static final class ReadsTheClock {
        Instant now() {
            return Instant.now();
        }
    }

    /** The clock, by a number. */
    public static final class ReadsNanoTime {
        long now() {
            return System.nanoTime();
        }
    }

    /** A clock that is handed in. */
    public record HoldsAClock(Clock clock) {}

    /** Chance. */
    public record TakesChances(Random random) {}

    /** Chance, by a method of a value. */
    public static final class NamesAtRandom {
        UUID name() {
            return UUID.randomUUID();
        }
    }

    /** Threads. */
    public static final class StartsThreads {
        Thread start() {
            return Thread.ofVirtual().start(() -> {});
        }
    }

    /** What is needed only between threads. */
    public record SharesBetweenThreads(ReentrantLock lock) {}

    /** The environment. */
    public static final class ReadsTheEnvironment {
        Map<String, String> settings() {
            return System.getenv();
        }
    }

    /** Standard output. */
    public static final class Prints {
        void print() {
            System.out.println();
        }
    }

    /** Name servers. */
    public static final class LooksUpNames {
        InetAddress[] addresses() throws UnknownHostException {
            return InetAddress.getAllByName("localhost");
        }
    }

    /** Kafka. */
    public record KnowsKafka(TopicPartition partition) {}
}
