package io.signalbox.cli.doctor;

import io.signalbox.process.StartFailure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Failures in words for people. */
final class Reasons {
    private Reasons() {}

    /** One line that says what failed. */
    static String of(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return switch (cause) {
            case StartFailure refused -> String.join("; ", refused.lines());
            case UnknownHostException _, UnresolvedAddressException _ ->
                    "the name cannot be resolved";
            case SocketTimeoutException _ -> "no answer: the way there is blocked or down";
            case NoRouteToHostException _ -> "there is no way there";
            case ConnectException refused -> refused(refused.getMessage());
            case TimeoutException _ -> "no answer in time";
            default -> said(cause);
        };
    }

    private static String refused(@Nullable String message) {
        return message == null || message.contains("refused") ? "nobody listens there" : message;
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wraps =
                failure instanceof ExecutionException
                        || failure instanceof CompletionException
                        || failure.getClass().equals(KafkaException.class);
        return wraps && cause != null ? unwrapped(cause) : failure;
    }
}
