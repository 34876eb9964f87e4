package io.signalbox.registry.core.doors;

import java.util.List;

/**
 * Why a door did not do what was asked, as the problem details of RFC 9457 say it.
 *
 * @param status the HTTP status
 * @param code stable name of the reason, such as {@code door-closed}; metrics count by it
 * @param detail one sentence for people
 * @param mistakes everything that is wrong with the request; empty where that is not the reason
 */
public record Problem(int status, String code, String detail, List<Mistake> mistakes) {

    /** What a request says is not understood, or may not be. */
    public static final String BAD_REQUEST = "bad-request";

    public Problem {
        mistakes = List.copyOf(mistakes);
    }

    /** A problem that is none of the request's own words. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of());
    }

    /** 400 for these mistakes; nothing of the request is followed. */
    public static Problem of(List<Mistake> mistakes) {
        return new Problem(
                400,
                BAD_REQUEST,
                mistakes.getFirst().line()
                        + (mistakes.size() == 1 ? "" : ", and " + (mistakes.size() - 1) + " more")
                        + "; nothing was changed",
                mistakes);
    }

    /** The same as something to throw. */
    public Refused refused() {
        return new Refused(this);
    }
}
