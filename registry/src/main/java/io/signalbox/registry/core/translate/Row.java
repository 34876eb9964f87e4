package io.signalbox.registry.core.translate;

/**
 * What becomes of one label or variable of a foreign dialect: what the translators go by, and what
 * the documentation says.
 *
 * @param key as it is written, without the prefix that all of its dialect have
 * @param whole whether the container is not served at all if it says this and cannot be followed:
 *     without it more requests would get in than were meant
 * @param natively the native label that says the same, or that says it instead; empty for none
 * @param example a value that is understood
 * @param doc how it is read; of a refused one the rule, of a needless one the reason
 */
public record Row(
        String key,
        Treatment treatment,
        boolean whole,
        String natively,
        String example,
        String doc) {

    /** What becomes of a value. */
    public enum Treatment {
        /** It becomes native labels. */
        TRANSLATED("translated"),
        /** What it asks for is always so, or does not exist here. */
        NOT_NEEDED("not needed"),
        /** It is not followed, which is said by its name. */
        REFUSED("refused");

        private final String text;

        Treatment(String text) {
            this.text = text;
        }

        /** As the documentation says it. */
        public String text() {
            return text;
        }
    }

    /**
     * What becomes of it, as the documentation says it, with whether it takes the container along.
     */
    public String treatmentAndReach() {
        boolean alone = treatment == Treatment.REFUSED && whole;
        return treatment.text() + (alone ? "; not served" : "");
    }

    /** Leads requests somewhere, or keeps them out. */
    public static Row route(String key, String natively, String example, String doc) {
        return new Row(key, Treatment.TRANSLATED, true, natively, example, doc);
    }

    /** Says how requests are treated; a bad value takes itself alone. */
    public static Row policy(String key, String natively, String example, String doc) {
        return new Row(key, Treatment.TRANSLATED, false, natively, example, doc);
    }

    /** Is not followed; the service is served without it. */
    public static Row refused(String key, String natively, String example, String doc) {
        return new Row(key, Treatment.REFUSED, false, natively, example, doc);
    }

    /** Is not followed, and the container is not served. */
    public static Row refusedWhole(String key, String natively, String example, String doc) {
        return new Row(key, Treatment.REFUSED, true, natively, example, doc);
    }

    /** Needs no following. */
    public static Row needless(String key, String example, String doc) {
        return new Row(key, Treatment.NOT_NEEDED, false, "", example, doc);
    }
}
