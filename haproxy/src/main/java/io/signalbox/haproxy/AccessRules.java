package io.signalbox.haproxy;

import java.util.List;

/**
 * From which addresses requests may come.
 *
 * @param allow empty for all
 * @param deny also of those allowed
 */
public record AccessRules(List<Network> allow, List<Network> deny) {

    /** From everywhere. */
    public static final AccessRules NONE = new AccessRules(List.of(), List.of());

    static final String ALLOWED = "allowed";
    static final String DENIED = "denied";

    /** HAProxy takes 64 words a line. */
    static final int A_LINE = 40;

    private static final int MOST = 500;

    public AccessRules {
        FrameSettings.checkRange("number of allowed networks", allow.size(), 0, MOST);
        FrameSettings.checkRange("number of denied networks", deny.size(), 0, MOST);
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    void write(ConfigWriter text) {
        write(text, "http-request deny deny_status 403");
    }

    /**
     * Turns away who may not come.
     *
     * @param how the rule that does, without a condition
     */
    void write(ConfigWriter text, String how) {
        if (!allow.isEmpty()) {
            write(text, ALLOWED, allow);
            text.line(how + " unless " + ALLOWED);
        }
        if (!deny.isEmpty()) {
            write(text, DENIED, deny);
            text.line(how + " if " + DENIED);
        }
    }

    private static void write(ConfigWriter text, String name, List<Network> networks) {
        for (var i = 0; i < networks.size(); i++) {
            if (i % A_LINE == 0) {
                text.line("acl " + name + " src");
            }
            text.value(networks.get(i).text());
        }
    }
}
