package io.signalbox.haproxy;

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
     * The server of one container (or endpoint) in this service.
     *
     * @param id the container's full id; an endpoint's id
     */
    public Identifier server(String id) {
        var shortId = id.length() > CONTAINER_ID_LENGTH ? id.substring(0, CONTAINER_ID_LENGTH) : id;
        return new Identifier(value + "." + shortId);
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
