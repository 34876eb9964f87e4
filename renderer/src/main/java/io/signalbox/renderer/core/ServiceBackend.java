package io.signalbox.renderer.core;

import io.signalbox.haproxy.BackendSettings;
import io.signalbox.haproxy.Balance;
import io.signalbox.haproxy.Profile;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Policy;
import java.util.List;

/**
 * Builds the text of a service's backend. Where the service's policy says nothing of it, the text
 * is that of the group's spare backends, so that the service fits into one.
 */
final class ServiceBackend {
    private ServiceBackend() {}

    /**
     * The text, without header and servers.
     *
     * @throws io.signalbox.haproxy.IllegalValue when HAProxy cannot have what is said
     */
    static List<String> of(Policy policy, GroupDefinition.Defaults defaults) {
        Policy.Balance said = policy.balance();
        return Profile.PLAIN.backend(
                new BackendSettings(
                        said == null ? Balance.of(defaults.balance()) : balance(said),
                        policy.timeouts().server(),
                        policy.timeouts().queue(),
                        policy.timeouts().tunnel(),
                        policy.retries()));
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
