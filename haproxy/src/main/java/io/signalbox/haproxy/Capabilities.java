package io.signalbox.haproxy;

/**
 * What a version of HAProxy can do, as far as it changes what is said to it.
 *
 * @param poolKeywordsNeeded a server without them would never reuse a connection (below 3.0)
 * @param waitForRemovable {@code wait … srv-removable} exists (from 3.0)
 * @param dynamicCookies a server added at run time may have a cookie, also one of a value of its
 *     own (from 3.0)
 * @param asynchronousAddress {@code set server addr} takes effect after its answer (from 3.0)
 * @param reloadAnswers the master's {@code reload} tells how it went (from 2.7)
 * @param initState {@code init-state} exists (from 3.1)
 * @param addBackend backends can be added at run time (from 3.4)
 * @param virtualMaps maps need no file (from 3.0)
 * @param noisyAnswers unrelated log lines may stand before an answer (from 3.4)
 * @param payloadBytes the longest payload of a command
 * @param lineBytes the longest line of commands
 */
public record Capabilities(
        boolean poolKeywordsNeeded,
        boolean waitForRemovable,
        boolean dynamicCookies,
        boolean asynchronousAddress,
        boolean reloadAnswers,
        boolean initState,
        boolean addBackend,
        boolean virtualMaps,
        boolean noisyAnswers,
        int payloadBytes,
        int lineBytes) {

    private static final int SMALL_PAYLOAD = 14_000;
    private static final int LARGE_PAYLOAD = 120_000;
    private static final int LINE = 15_900;

    static Capabilities of(HaproxyVersion version) {
        var from30 = version.isAtLeast(3, 0);
        var from34 = version.isAtLeast(3, 4);
        return new Capabilities(
                !from30,
                from30,
                from30,
                from30,
                version.isAtLeast(2, 7),
                version.isAtLeast(3, 1),
                from34,
                from30,
                from34,
                from34 ? LARGE_PAYLOAD : SMALL_PAYLOAD,
                LINE);
    }
}
