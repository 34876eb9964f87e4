package io.signalbox.applier.core.plan;

/**
 * Why a worker cannot be brought to what is wanted by commands alone.
 *
 * @param detail the service, backend or answer it is about; may be empty
 */
public record ReloadReason(Kind kind, String detail) {
    /** The kinds of reasons, as metrics and results name them. */
    public enum Kind {
        /** The part {@code frame} changed. */
        FRAME("frame"),
        /** A service's backend text changed. */
        SERVICE_TEXT("service text"),
        /** What a service's routes ask for beyond what the map of routes can say changed. */
        ROUTING_RULES("routing rules"),
        /** What a service's server lines say after the address changed. */
        SERVER_OPTIONS("server options"),
        /** A new server has a cookie value of its own, which HAProxy takes in a file only. */
        SERVER_COOKIE("server cookie"),
        /** A new service fits a profile of which no spare backend is free. */
        NO_SPARE("no spare"),
        /** Few spare backends are left. */
        SPARES("spares"),
        /** Certificates that commands cannot bring in. */
        CERTIFICATES("certificates"),
        /** A list of users changed. */
        USERS("users"),
        /** HAProxy refused a command, twice. */
        REFUSED("refused"),
        /** It is not known what HAProxy was started with. */
        UNKNOWN("unknown configuration");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The kind in words. */
        public String text() {
            return text;
        }
    }

    /** Whether something is not in force until the reload. */
    public boolean urgent() {
        return kind != Kind.SPARES;
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? kind.text : kind.text + ": " + detail;
    }
}
