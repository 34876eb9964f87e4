package io.signalbox.haproxy;

/**
 * The access log's format: one JSON object a line, whatever a request contains.
 *
 * <p>What clients choose (host, path) is kept shortened in variables and escaped by the converter
 * {@code json}; all else are numbers, or words of HAProxy's and ours. The version is looked up when
 * the request comes in. It is kept in the session, because a request that cannot be parsed has no
 * transaction whose variables a default value could stand for.
 */
final class AccessLog {

    /** Longest line; beyond it HAProxy would cut, and a cut line is not JSON. */
    static final int LINE_BYTES = 16_384;

    /** The argument of {@code log-format}. */
    static final String FORMAT =
            "{\"time\":%Ts.%ms,"
                    + "\"client\":\"%ci\","
                    + "\"method\":\"%HM\","
                    + "\"host\":\"%[var(txn.host),bytes(0,253),json(utf8s)]\","
                    + "\"path\":\"%[var(txn.path),bytes(0,1024),json(utf8s)]\","
                    + "\"status\":%ST,"
                    + "\"bytes\":%B,"
                    + "\"requestMs\":%TR,"
                    + "\"queueMs\":%Tw,"
                    + "\"connectMs\":%Tc,"
                    + "\"responseMs\":%Tr,"
                    + "\"totalMs\":%Ta,"
                    + "\"retries\":\"%rc\","
                    + "\"termination\":\"%ts\","
                    + "\"entryPoint\":\"%f\","
                    + "\"service\":\"%[var(txn.service),json(utf8s)]\","
                    + "\"backend\":\"%b\","
                    + "\"server\":\"%s\","
                    + "\"epoch\":%[var(sess.epoch,0)],"
                    + "\"generation\":%[var(sess.generation,0)]}";

    /** The same of a connection: what only requests have is left out. */
    static final String TCP_FORMAT =
            "{\"time\":%Ts.%ms,"
                    + "\"client\":\"%ci\","
                    + "\"host\":\"%[var(txn.host),bytes(0,253),json(utf8s)]\","
                    + "\"bytes\":%B,"
                    + "\"queueMs\":%Tw,"
                    + "\"connectMs\":%Tc,"
                    + "\"totalMs\":%Tt,"
                    + "\"retries\":\"%rc\","
                    + "\"termination\":\"%ts\","
                    + "\"entryPoint\":\"%f\","
                    + "\"service\":\"%[var(txn.service),json(utf8s)]\","
                    + "\"backend\":\"%b\","
                    + "\"server\":\"%s\","
                    + "\"epoch\":%[var(sess.epoch,0)],"
                    + "\"generation\":%[var(sess.generation,0)]}";

    private AccessLog() {}

    /** Remembers which configuration routes this request. */
    static void rememberVersion(ConfigWriter frontend) {
        rememberVersion(frontend, "http-request");
    }

    /**
     * The same of a connection or a request.
     *
     * @param rule what sets variables
     */
    static void rememberVersion(ConfigWriter frontend, String rule) {
        frontend.line(rule + " set-var(sess.epoch) " + lookUp(MapName.EPOCH))
                .line(rule + " set-var(sess.generation) " + lookUp(MapName.GENERATION));
    }

    private static String lookUp(String key) {
        return "str(" + key + "),map_str_int(" + MapName.VERSION.placeholder() + ",0)";
    }
}
