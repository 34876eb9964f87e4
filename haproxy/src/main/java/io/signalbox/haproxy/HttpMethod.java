package io.signalbox.haproxy;

/**
 * An HTTP method.
 *
 * @param value 1 to 20 upper-case letters
 */
public record HttpMethod(String value) {

    public HttpMethod {
        if (!value.matches("[A-Z]{1,20}")) {
            throw new IllegalValue("HTTP method", "must be 1 to 20 upper-case letters", value);
        }
    }
}
