package io.signalbox.registry.core.translate.traefik;

/**
 * One thing that is asked of a request, or that must not be so.
 *
 * @param field the header or the parameter of the query; empty for the other kinds
 */
record Condition(Kind kind, String field, String value, boolean negated) {

    /** What it is about. */
    enum Kind {
        HOST,
        HOST_REGEX,
        PATH,
        PATH_PREFIX,
        PATH_REGEX,
        METHOD,
        HEADER,
        HEADER_REGEX,
        QUERY,
        QUERY_REGEX,
        CLIENT
    }

    Condition(Kind kind, String value) {
        this(kind, "", value, false);
    }

    Condition opposite() {
        return new Condition(kind, field, value, !negated);
    }

    String text() {
        String words = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        String said = value.length() > 60 ? value.substring(0, 60) + "…" : value;
        return (negated ? "not " : "") + words + " " + (field.isEmpty() ? "" : field + " ") + said;
    }
}
