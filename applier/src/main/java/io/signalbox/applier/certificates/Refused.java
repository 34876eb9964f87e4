package io.signalbox.applier.certificates;

/** A certificate, or what should be one, cannot be used; the message says why, and no secret. */
public final class Refused extends Exception {
    Refused(String why) {
        super(why);
    }

    /** Why, in words. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
