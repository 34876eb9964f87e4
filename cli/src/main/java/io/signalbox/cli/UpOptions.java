package io.signalbox.cli;

import io.signalbox.process.SettingSources;
import java.nio.file.Path;

/**
 * What {@code up} was asked for.
 *
 * @param listen where the default group's HAProxy listens, as written
 * @param data the data directory
 * @param sources settings of the processes
 * @param announce whether the line {@code ready …} is printed
 */
record UpOptions(String listen, Path data, SettingSources sources, boolean announce) {}
