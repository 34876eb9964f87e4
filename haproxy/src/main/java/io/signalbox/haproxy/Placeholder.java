package io.signalbox.haproxy;

/** What only the machine knows on which HAProxy runs; stands in a part's text until then. */
public enum Placeholder {
    /** The directory of the map files. */
    MAPS("@maps@");

    private final String token;

    Placeholder(String token) {
        this.token = token;
    }

    /** As it stands in the text. */
    public String token() {
        return token;
    }
}
