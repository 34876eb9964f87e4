package io.signalbox.registry.core.translate.traefik;

/** A label as it was written. */
record Said(String key, String value) {

    /** Whether it says yes, in any of the words that Traefik takes for it. */
    boolean isTrue() {
        return switch (value.strip()) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            default -> false;
        };
    }

    /** Whether it says no. */
    boolean isFalse() {
        return switch (value.strip()) {
            case "0", "f", "F", "false", "FALSE", "False" -> true;
            default -> false;
        };
    }
}
