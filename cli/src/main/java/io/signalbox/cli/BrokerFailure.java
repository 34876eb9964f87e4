package io.signalbox.cli;

import io.signalbox.process.CommonSettings;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;

/** What an operator is told when the brokers cannot be asked. */
final class BrokerFailure {
    private static final String UNRESOLVED = "No resolvable bootstrap";

    private BrokerFailure() {}

    /**
     * One line that names the brokers, what is wrong, and the setting.
     *
     * @param brokers as the setting gives them
     */
    static String words(KafkaException failure, String brokers) {
        return "%s (%s)"
                .formatted(wrong(failure, brokers), CommonSettings.BOOTSTRAP_SERVERS.flag());
    }

    private static String wrong(KafkaException failure, String brokers) {
        Throwable cause = root(failure);
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ConfigException && message.startsWith(UNRESOLVED)) {
            return "no broker's name can be resolved: " + brokers;
        }
        return failure instanceof TimeoutException || cause instanceof TimeoutException
                ? "no broker answers at %s (%s): start it, or name another"
                        .formatted(brokers, message)
                : "the brokers at %s cannot be used: %s".formatted(brokers, message);
    }

    /** Kafka's own says no more than that a client could not be made. */
    private static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }
}
