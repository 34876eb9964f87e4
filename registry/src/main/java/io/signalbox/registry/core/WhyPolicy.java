package io.signalbox.registry.core;

import io.signalbox.registry.core.Answer.Reason;
import io.signalbox.registry.core.dialect.Times;
import io.signalbox.schemas.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says of a service what its configuration in a group has from its labels and not from the group.
 */
final class WhyPolicy {
    private final String group;
    private final List<Reason> reasons = new ArrayList<>();

    private WhyPolicy(String group) {
        this.group = group;
    }

    /** A sentence for each thing that is said; none where the group decides all. */
    static List<Reason> of(String group, Policy policy) {
        WhyPolicy why = new WhyPolicy(group);
        why.time("drain", "the requests of a stopping container may still take", policy.drain());
        Policy.Balance balance = policy.balance();
        if (balance != null) {
            why.add("balance", "its requests are spread by " + balance.word());
        }
        Policy.Timeouts timeouts = policy.timeouts();
        why.time("timeout", "its servers may be silent for", timeouts.server());
        why.time("timeout", "its requests may wait for a free server for", timeouts.queue());
        why.time(
                "timeout", "its tunnels, such as WebSockets, may be silent for", timeouts.tunnel());
        Integer retries = policy.retries();
        if (retries != null) {
            why.add("retries", "its requests are tried again at most %d times".formatted(retries));
        }
        why.sticky(policy.sticky());
        why.check(policy.check());
        why.servers(policy.servers());
        new WhyHttp(why::add).say(policy.http());
        return List.copyOf(why.reasons);
    }

    private void sticky(Policy.@Nullable Sticky sticky) {
        if (sticky != null) {
            String cookie = sticky.cookie().isEmpty() ? "" : " " + sticky.cookie();
            add(
                    "sticky",
                    "its clients stay with their server by the cookie%s (%s)"
                            .formatted(cookie, sticky.mode().word()));
        }
    }

    private void check(Policy.@Nullable Check check) {
        if (check == null) {
            return;
        }
        switch (check.kind()) {
            case NONE -> add("check", "its servers are not checked");
            case TCP -> add("check", "its servers are checked by a connection");
            case HTTP -> add("check", "its servers are checked by GET " + check.path());
        }
        time("check", "its servers are checked every", check.interval());
    }

    private void servers(Policy.Servers servers) {
        number("a server gets at most %d requests at a time", servers.maxConnections());
        number("at most %d requests wait for one server", servers.maxQueue());
        time("server", "a server that comes back gets its full share after", servers.slowStart());
        number("%d errors in a row take a server out", servers.errorLimit());
        Policy.Servers.Protocol protocol = servers.protocol();
        if (protocol != null) {
            add("server", "its servers speak " + protocol.name().toLowerCase(Locale.ROOT));
        }
        number("its servers are spoken to by the PROXY protocol v%d", servers.proxyProtocol());
    }

    private void number(String sentence, @Nullable Integer number) {
        if (number != null) {
            add("server", sentence.formatted(number));
        }
    }

    private void time(String code, String what, @Nullable Duration time) {
        if (time != null) {
            add(code, what + " " + Times.text(time));
        }
    }

    private void add(String code, String sentence) {
        reasons.add(new Reason(code, "group %s: %s".formatted(group, sentence)));
    }
}
