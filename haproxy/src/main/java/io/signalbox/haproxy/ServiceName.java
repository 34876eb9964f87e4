package io.signalbox.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of a service, as far as HAProxy is concerned.
 *
 * @param value 1 to 100 of {@code A-Z a-z 0-9 _ . : -}
 */
public record ServiceName(String value) implements Comparable<ServiceName> {

    /** The longest name; leaves room for what is put before and behind it. */
    public static final int MAX_LENGTH = 100;

    /** How many characters of a container's id a server's name carries. */
    public static final int CONTAINER_ID_LENGTH = 12;

    private static final int ENDPOINT_LENGTH = 27;
    private static final int DIGEST_LENGTH = 8;
    private static final String BACKEND_PREFIX = "service_";
    private static final String RULE =
            "must be 1 to " + MAX_LENGTH + " of the characters A-Z a-z 0-9 _ . : -";

    public ServiceName {
        if (!Identifier.isLegal(value, MAX_LENGTH)) {
            throw new IllegalValue("service name", RULE, value);
        }
    }

    /** The backend of this service's own: no two services share one, no spare is called so. */
    public Identifier backend() {
        return new Identifier(BACKEND_PREFIX + value);
    }

    /**
     * The server of one container in this service.
     *
     * @param id the container's full id
     */
    public Identifier server(String id) {
        var shortId = id.length() > CONTAINER_ID_LENGTH ? id.substring(0, CONTAINER_ID_LENGTH) : id;
        return new Identifier(value + "." + shortId);
    }

    /**
     * The server of one endpoint in this service: the end of the endpoint's id as far as a name can
     * hold it, and, where that is not all of it, a digest of the whole.
     *
     * @param id any text
     */
    public Identifier endpoint(String id) {
        if (id.length() <= ENDPOINT_LENGTH && Identifier.isLegal(id, ENDPOINT_LENGTH)) {
            return new Identifier(value + "." + id);
        }
        var last = id.substring(id.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_.-]", "_");
        var shown = last.substring(0, Math.min(last.length(), ENDPOINT_LENGTH - DIGEST_LENGTH - 1));
        return new Identifier(value + "." + shown + "-" + digest(id));
    }

    private static String digest(String text) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(bytes).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
