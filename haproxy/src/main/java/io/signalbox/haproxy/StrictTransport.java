package io.signalbox.haproxy;

import java.time.Duration;

/**
 * HTTP Strict Transport Security: browsers shall use nothing but TLS. Said only where the client
 * came {@linkplain ThroughTls through TLS}.
 *
 * @param maxAge for how long, 0 to 10 years; 0 takes it back
 * @param preload needs sub-domains and at least a year
 */
public record StrictTransport(Duration maxAge, boolean subdomains, boolean preload) {

    private static final Duration YEAR = Duration.ofDays(365);

    public StrictTransport {
        if (maxAge.isNegative() || maxAge.compareTo(YEAR.multipliedBy(10)) > 0) {
            throw new IllegalValue("max-age", "must be 0 to 315360000 seconds", text(maxAge));
        }
        if (preload && (!subdomains || maxAge.compareTo(YEAR) < 0)) {
            throw new IllegalValue(
                    "preload",
                    "must have includeSubDomains and a max-age of at least 31536000 beside it",
                    text(maxAge));
        }
    }

    void write(ConfigWriter text) {
        text.line("http-after-response set-header Strict-Transport-Security")
                .value(
                        "max-age="
                                + text(maxAge)
                                + (subdomains ? "; includeSubDomains" : "")
                                + (preload ? "; preload" : ""))
                .words("if " + ThroughTls.CONDITION);
    }

    private static String text(Duration time) {
        return Long.toString(time.toSeconds());
    }
}
