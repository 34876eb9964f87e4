package io.signalbox.cli.export;

/** A file could not be made or its reader not be told; the message is one line for people. */
final class ExportFailed extends Exception {
    ExportFailed(String message) {
        super(message);
    }
}
