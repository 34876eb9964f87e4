package io.signalbox.bench.simulation;

/** Something happened that must never happen, or did not happen in time. */
final class Violation extends RuntimeException {
    Violation(String kind, String detail) {
        super(kind + ": " + detail);
    }
}
