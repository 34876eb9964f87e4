package io.signalbox.registry;

import io.signalbox.registry.core.LivenessJudge.MassLoss;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the registry's loop is doing, for status and metrics.
 *
 * @param folding next offset of each partition that is folded here
 * @param pending partitions that are being taken over or rebuilt
 * @param refused partitions that are not folded, and why
 * @param massLoss the mass loss that holds back {@code HostLost}
 * @param warnings about the broker
 * @param lag facts that are not folded yet
 */
record RegistryStatus(
        Map<Integer, Long> folding,
        List<Integer> pending,
        Map<Integer, String> refused,
        Optional<MassLoss> massLoss,
        List<String> warnings,
        long lag) {

    static final RegistryStatus STARTING =
            new RegistryStatus(Map.of(), List.of(), Map.of(), Optional.empty(), List.of(), 0);

    RegistryStatus {
        folding = Map.copyOf(folding);
        pending = List.copyOf(pending);
        refused = Map.copyOf(refused);
        warnings = List.copyOf(warnings);
    }
}
