package io.signalbox.registry.doors;

import io.signalbox.process.KeyPin;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where an applier takes certificates.
 *
 * @param url {@code https}, or {@code http} of this machine; without a path
 * @param pin what its key must be; where it is empty, the certificate that it shows must be one
 *     that Java believes, for that name
 */
record ApplierAddress(URI url, Optional<KeyPin> pin) {
    private static final String FORM =
            "https://host:port, with =sha256//… behind it where its key is pinned, or"
                    + " http://127.0.0.1:port for this machine";

    /** How one is written. */
    static String form() {
        return FORM;
    }

    /**
     * Reads {@code URL} or {@code URL=PIN}.
     *
     * @throws IllegalArgumentException for anything else; keys cross no network as they are
     */
    static ApplierAddress parse(String text) {
        int equals = text.indexOf('=');
        URI url = url(equals < 0 ? text : text.substring(0, equals));
        Optional<KeyPin> pin =
                equals < 0 ? Optional.empty() : Optional.of(pin(text.substring(equals + 1)));
        boolean bare = url.getRawUserInfo() == null && url.getRawQuery() == null;
        boolean root = "".equals(url.getRawPath()) || "/".equals(url.getRawPath());
        if (url.getHost() == null || !bare || !root || !isSafe(url, pin.isPresent())) {
            throw new IllegalArgumentException("must be " + FORM);
        }
        return new ApplierAddress(url.resolve("/"), pin);
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be " + FORM, e);
        }
    }

    private static KeyPin pin(String text) {
        try {
            return new KeyPin(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be " + FORM, e);
        }
    }

    private static boolean isSafe(URI url, boolean pinned) {
        return "https".equals(url.getScheme())
                || (!pinned && "http".equals(url.getScheme()) && isOfThisMachine(bare(url)));
    }

    /** An IPv6 address stands in brackets in a URL alone. */
    private static String bare(URI url) {
        return url.getHost().replaceAll("[\\[\\]]", "");
    }

    private static boolean isOfThisMachine(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return host.equals("localhost");
        }
    }

    boolean byTls() {
        return "https".equals(url.getScheme());
    }

    String host() {
        return bare(url);
    }

    int port() {
        int given = url.getPort();
        return given >= 0 ? given : byTls() ? 443 : 80;
    }

    @Override
    public String toString() {
        return url + pin.map(key -> "=" + key).orElse("");
    }
}
