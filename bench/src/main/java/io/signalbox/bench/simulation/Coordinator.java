package io.signalbox.bench.simulation;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The broker's word on who owns what: it moves what belongs to nobody that runs. One thread. */
final class Coordinator {
    private final World world;
    private final SortedMap<Integer, RegistryNode> events = new TreeMap<>();
    private final SortedMap<Integer, RegistryNode> liveness = new TreeMap<>();
    private @Nullable RendererNode group;

    Coordinator(World world) {
        this.world = world;
    }

    Set<Integer> eventsOf(RegistryNode node) {
        return of(events, node);
    }

    Set<Integer> livenessOf(RegistryNode node) {
        return of(liveness, node);
    }

    boolean groupOf(RendererNode node) {
        return node.equals(group);
    }

    private static Set<Integer> of(SortedMap<Integer, RegistryNode> owners, RegistryNode node) {
        Set<Integer> partitions = new TreeSet<>();
        owners.forEach(
                (partition, owner) -> {
                    if (owner.equals(node)) {
                        partitions.add(partition);
                    }
                });
        return partitions;
    }

    /** Looks who runs. */
    void look(List<RegistryNode> registries, List<RendererNode> renderers) {
        List<RegistryNode> up = registries.stream().filter(Node::runs).toList();
        if (!up.isEmpty()) {
            world.events.keySet().forEach(partition -> assign(events, partition, up));
            world.liveness.keySet().forEach(partition -> assign(liveness, partition, up));
        }
        List<RendererNode> ready = renderers.stream().filter(Node::runs).toList();
        RendererNode holder = group;
        if (!ready.isEmpty()
                && (holder == null || !holder.runs() || world.strikes(Fault.MOVE, 0.3))) {
            RendererNode next = world.pick(ready);
            group = next;
            world.note(() -> "the group is " + next.name + "'s");
        }
    }

    private void assign(
            SortedMap<Integer, RegistryNode> owners, int partition, List<RegistryNode> up) {
        RegistryNode holder = owners.get(partition);
        if (holder == null || !holder.runs() || world.strikes(Fault.MOVE, 0.2)) {
            owners.put(partition, world.pick(up));
        }
    }
}
