package io.signalbox.process;

/** The form of the log on standard error. */
public enum LogFormat {
    /** One readable line for each message. */
    TEXT,
    /** One JSON object in a line for each message, with fixed keys. */
    JSON,
    /** Readable lines where standard error is a terminal, else JSON. */
    AUTO
}
