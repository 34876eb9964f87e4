package io.signalbox.registry.core.translate.traefik;

/** A rule that is none, or that native routes cannot say; the message is the reason for people. */
final class RuleProblem extends Exception {
    RuleProblem(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
