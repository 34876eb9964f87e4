package io.signalbox.bench.simulation;

import io.signalbox.renderer.core.GroupOwner;
import io.signalbox.renderer.core.GroupOwner.Phase;
import io.signalbox.renderer.core.GroupOwner.Write;
import io.signalbox.renderer.core.ReadBarrier;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A renderer: {@link ServiceView} of all state, and {@link GroupOwner} while the group is its own.
 */
final class RendererNode extends Node {
    private static final GroupDefinition DEFINITION = definition();
    private static final Duration BETWEEN_CLAIMS = Duration.ofMillis(200);
    private static final long NONE = -1;

    private final Coordinator coordinator;
    private final SortedMap<Integer, Long> statePositions = new TreeMap<>();
    private final ReadBarrier<String> inputs = new ReadBarrier<>();
    private final ReadBarrier<String> barrier = new ReadBarrier<>();
    private ServiceView view = new ServiceView(Topic.SERVICE_STATE.partitions());
    private @Nullable GroupOwner owner;
    private @Nullable Producer writer;
    private boolean failed;
    private boolean opened;
    private boolean complete;
    private long groupPosition;
    private long claim = NONE;
    private Instant claimAgainAt = Instant.MIN;
    private Instant lookAt = Instant.MIN;

    RendererNode(World world, String name, Coordinator coordinator) {
        super(world, name);
        this.coordinator = coordinator;
    }

    private static GroupDefinition definition() {
        GroupDefinition standard = GroupDefinition.builtIn(World.GROUP, new Listen("", 80));
        return new GroupDefinition(
                standard.name(),
                standard.selector(),
                standard.entryPoints(),
                standard.oldestHaproxy(),
                standard.addressMode(),
                null,
                standard.defaults(),
                null,
                4,
                false);
    }

    @Override
    void boot() {
        view = new ServiceView(Topic.SERVICE_STATE.partitions());
        statePositions.clear();
        inputs.clear();
        opened = false;
        complete = false;
        owner = null;
        failed = false;
        claim = NONE;
        lookAt = Instant.MIN;
        claimAgainAt = Instant.MIN;
        writer = producer(() -> failed = true);
    }

    @Override
    void step() {
        if (world.paused()) {
            return;
        }
        open();
        poll(1 + world.below(6));
        if (failed) {
            beginAnew();
        }
        if (complete()) {
            look();
            GroupOwner mine = owner;
            if (mine != null) {
                advance(mine);
            }
        }
    }

    private void open() {
        if (!opened) {
            opened = true;
            inputs.waitFor(stateEnds());
        }
    }

    private boolean complete() {
        complete = complete || inputs.reached(this::position);
        return complete;
    }

    private Map<String, Long> stateEnds() {
        Map<String, Long> ends = new HashMap<>();
        world.state.forEach((partition, log) -> ends.put("state-" + partition, log.end()));
        return ends;
    }

    private long position(String partition) {
        if (partition.equals(world.group.name)) {
            return groupPosition;
        }
        int number = Integer.parseInt(partition.substring("state-".length()));
        return statePositions.getOrDefault(number, 0L);
    }

    private void poll(int most) {
        GroupOwner mine = owner;
        world.state.forEach(
                (partition, log) -> {
                    long from = statePositions.getOrDefault(partition, 0L);
                    from = from > log.end() ? 0 : from;
                    // A cold read is quick against the compaction lag.
                    int many = complete ? most : most * 30;
                    for (Log.Entry<ServiceState> entry : world.read(log, from, many)) {
                        statePositions.put(partition, entry.offset() + 1);
                        List<ServiceView.Change> changes =
                                view.read(partition, entry.key(), entry.value(), entry.at());
                        if (mine != null) {
                            changes.forEach(mine::apply);
                        }
                    }
                });
        if (mine != null) {
            int many = groupPosition == 0 ? Integer.MAX_VALUE / 2 : most;
            for (Log.Entry<ConfigRecord> entry : world.read(world.group, groupPosition, many)) {
                groupPosition = entry.offset() + 1;
                mine.read(entry.offset(), entry.key(), entry.value(), entry.at());
            }
        }
    }

    private void beginAnew() {
        world.note(() -> name + " begins anew");
        failed = false;
        Producer mine = writer;
        if (mine != null) {
            mine.close();
        }
        writer = producer(() -> failed = true);
        owner = null;
        lookAt = world.now.plusMillis(200 + world.below(1_000));
    }

    /** One that stood still may go on for a while before it hears that the group is another's. */
    private void look() {
        if (!world.healed && world.below(4) == 0) {
            return;
        }
        if (!coordinator.groupOf(this)) {
            owner = null;
        } else if (owner == null && !world.now.isBefore(lookAt)) {
            owner = new GroupOwner(World.GROUP, name, "simulation");
            groupPosition = 0;
            claim = NONE;
        }
    }

    private void advance(GroupOwner mine) {
        if (mine.overtaken()) {
            claim(mine);
            return;
        }
        switch (mine.phase()) {
            case IDLE -> claim(mine);
            case CLAIMING -> {
                if (claim != NONE) {
                    mine.claimed(claim);
                    claim = NONE;
                    barrier.waitFor(stateEnds());
                    barrier.waitFor(Map.of(world.group.name, world.group.end()));
                }
            }
            case READING -> {
                if (barrier.reached(this::position)) {
                    world.note(() -> name + " owns the group in epoch " + mine.epoch());
                    write(mine.begin(DEFINITION, positions(), world.now));
                }
            }
            case OWNING -> write(mine.step(positions(), world.now));
        }
    }

    private GroupOwner.Inputs positions() {
        return new GroupOwner.Inputs(view, 0);
    }

    private void claim(GroupOwner mine) {
        if (world.now.isBefore(claimAgainAt)) {
            return;
        }
        claimAgainAt = world.now.plus(BETWEEN_CLAIMS);
        claim = NONE;
        barrier.clear();
        GroupOwner claiming = mine;
        send(
                mine.takeOver(),
                offset -> {
                    if (claiming.equals(owner)) {
                        claim = offset;
                    }
                });
    }

    private void write(List<Write> writes) {
        writes.forEach(write -> send(write, _ -> {}));
    }

    private void send(Write write, java.util.function.LongConsumer written) {
        Producer mine = writer;
        if (mine != null && !failed) {
            ConfigRecord value = write instanceof Write.Put(ConfigRecord put) ? put : null;
            mine.send(world.group, write.key(), value, written);
        }
    }

    @Override
    public String toString() {
        GroupOwner mine = owner;
        return name + (mine == null ? "" : " " + mine.phase() + " epoch " + mine.epoch());
    }

    boolean owns() {
        GroupOwner mine = owner;
        return alive() && mine != null && mine.phase() == Phase.OWNING;
    }
}
