package io.signalbox.renderer.core;

import io.signalbox.haproxy.BackendSettings;
import io.signalbox.haproxy.Balance;
import io.signalbox.haproxy.HttpCheck;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.Sticky;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the text of a service's backend, but for what {@link ServiceLive} says. Where the
 * service's policy says nothing of it, the text is that of the group's spare backends, so that the
 * service fits into one.
 */
final class ServiceBackend {
    private static final String ANY_HOST = "localhost";
    private static final String GOOD = "200-399";

    private ServiceBackend() {}

    /**
     * The text, without header and servers.
     *
     * @throws io.signalbox.haproxy.IllegalValue when HAProxy cannot have what is said
     */
    static List<String> of(Policy policy, GroupDefinition group) {
        Policy.Timeouts inText = new Policy.Timeouts(null, policy.timeouts().queue(), null);
        return settings(policy, inText, group).lines();
    }

    /** What the text of a backend of connections is made of, of which nothing is looked up. */
    static BackendSettings ofConnections(Policy policy, GroupDefinition group) {
        return settings(policy, policy.timeouts(), group);
    }

    private static BackendSettings settings(
            Policy policy, Policy.Timeouts timeouts, GroupDefinition group) {
        Policy.Balance said = policy.balance();
        Policy.Sticky sticky = policy.sticky();
        Policy.Check check = policy.check();
        return new BackendSettings(
                said == null ? Balance.of(group.defaults().balance()) : balance(said),
                timeouts.server(),
                timeouts.queue(),
                timeouts.tunnel(),
                policy.retries(),
                sticky == null
                        ? null
                        : sticky(sticky, policy.givesCookie() ? null : cookieKey(group)),
                check == null ? null : check(check));
    }

    /** What the cookies of a group's servers are made with: the same wherever it is served. */
    static Identifier cookieKey(GroupDefinition group) {
        return new Identifier("signalbox-" + group.name());
    }

    private static Sticky sticky(Policy.Sticky sticky, @Nullable Identifier key) {
        return new Sticky(
                switch (sticky.mode()) {
                    case INSERT -> Sticky.Mode.INSERT;
                    case REWRITE -> Sticky.Mode.REWRITE;
                    case PREFIX -> Sticky.Mode.PREFIX;
                },
                sticky.cookie().isEmpty() ? Sticky.COOKIE : sticky.cookie(),
                sticky.secure(),
                key);
    }

    private static @Nullable HttpCheck check(Policy.Check check) {
        return switch (check.kind()) {
            case TCP, NONE -> null;
            case HTTP ->
                    new HttpCheck(
                            check.path(),
                            check.host().isEmpty() ? ANY_HOST : check.host(),
                            check.status().isEmpty() ? GOOD : check.status());
        };
    }

    private static Balance balance(Policy.Balance said) {
        return switch (said) {
            case ROUNDROBIN -> Balance.ROUNDROBIN;
            case LEASTCONN -> Balance.LEASTCONN;
            case FIRST -> Balance.FIRST;
            case RANDOM -> Balance.RANDOM;
            case SOURCE -> Balance.SOURCE;
        };
    }
}
