package io.signalbox.watcher.planted;

import io.signalbox.planted.SkippedTests;

/** A class of the watcher that uses one of ours outside of its allow-list. */
public record UsesAnotherProcess(SkippedTests other) {}
