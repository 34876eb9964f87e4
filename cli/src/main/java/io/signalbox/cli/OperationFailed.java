package io.signalbox.cli;

/**
 * An operator's command could not be carried out for a reason outside it; the message is one line
 * for people.
 */
public final class OperationFailed extends RuntimeException {
    OperationFailed(String message) {
        super(message);
    }
}
