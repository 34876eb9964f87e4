package io.signalbox.registry;

import io.signalbox.registry.core.LivenessJudge.MassLoss;
import io.signalbox.schemas.ServiceState.Host;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the registry's loop is doing, for status and metrics.
 *
 * @param folding next offset of each partition that is folded here
 * @param pending partitions that are being taken over or rebuilt
 * @param refused partitions that are not folded, and why
 * @param hosts how many hosts there are of each status, those of all registries
 * @param massLoss the mass loss that holds back {@code HostLost}
 * @param warnings about the broker
 * @param lag facts that are not folded yet
 */
record RegistryStatus(
        Map<Integer, Long> folding,
        List<Integer> pending,
        Map<Integer, String> refused,
        Map<Host.Status, Integer> hosts,
        Optional<MassLoss> massLoss,
        List<String> warnings,
        long lag) {

    static final RegistryStatus STARTING =
            new RegistryStatus(
                    Map.of(), List.of(), Map.of(), Map.of(), Optional.empty(), List.of(), 0);

    RegistryStatus {
        folding = Map.copyOf(folding);
        pending = List.copyOf(pending);
        refused = Map.copyOf(refused);
        hosts = Map.copyOf(hosts);
        warnings = List.copyOf(warnings);
    }
}
