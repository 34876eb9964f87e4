package io.signalbox.renderer.core;

import io.signalbox.haproxy.AccessRules;
import io.signalbox.haproxy.Network;
import io.signalbox.haproxy.RateLimit;
import io.signalbox.haproxy.TcpRules;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.Policy;
import java.util.List;

/** Builds the text of the backend of a service to which connections lead. */
final class ServiceTcp {
    private ServiceTcp() {}

    /**
     * The text, without header and servers.
     *
     * @param policy that of connections
     * @throws io.signalbox.haproxy.IllegalValue when HAProxy cannot have what is said
     */
    static List<String> backend(Policy policy, GroupDefinition group) {
        HttpPolicy.Access access = policy.http().access();
        HttpPolicy.Rate rate = policy.http().rate();
        TcpRules rules =
                new TcpRules(
                        new AccessRules(networks(access.allow()), networks(access.deny())),
                        rate == null ? null : new RateLimit(rate.requests(), rate.per()),
                        policy.http().maintenance() != null,
                        policy.http().clientCertificate());
        return rules.lines(ServiceBackend.ofConnections(policy, group));
    }

    private static List<Network> networks(List<String> networks) {
        return networks.stream().map(Network::new).toList();
    }
}
