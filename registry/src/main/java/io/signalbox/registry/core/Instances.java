package io.signalbox.registry.core;

import io.signalbox.registry.core.dialect.Dialects;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.ServiceState.Instance;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Instances as values: from an inspection, and with one thing changed. */
public final class Instances {
    private Instances() {}

    /** Whether a container in this state has a process that could still get requests. */
    static boolean runs(State state) {
        return switch (state) {
            case RUNNING, PAUSED, RESTARTING, UNKNOWN -> true;
            case CREATED, REMOVING, EXITED, DEAD -> false;
        };
    }

    /** Whether the instance is this run. */
    static boolean isRun(Instance instance, @Nullable Instant startedAt) {
        return Objects.equals(instance.startedAt(), startedAt);
    }

    /**
     * What an inspection says, with its declarations. A known run keeps its stop mark and the time
     * that it was first shown at.
     */
    public static Instance observed(
            String host,
            String hostAddress,
            String source,
            Container container,
            @Nullable Instance before,
            Cause cause) {
        Instance sameRun = before != null && isRun(before, container.startedAt()) ? before : null;
        var declared = Dialects.declare(container);
        return new Instance(
                host,
                container.id(),
                container.name(),
                container.image(),
                false,
                container.state(),
                container.health(),
                container.startedAt(),
                sameRun != null && sameRun.stopping(),
                sameRun != null ? sameRun.shownAt() : cause.eventAppendedAt(),
                hostAddress,
                container.networkMode(),
                container.networks(),
                container.published(),
                container.labels(),
                declared.declarations(),
                declared.rejections(),
                cause,
                true,
                source);
    }

    /** Whether both say the same of the container, wherever they come from. */
    static boolean sameContent(Instance one, Instance other) {
        return one.gone() == other.gone()
                && one.state() == other.state()
                && one.health() == other.health()
                && one.stopping() == other.stopping()
                && Objects.equals(one.startedAt(), other.startedAt())
                && one.source().equals(other.source())
                && one.name().equals(other.name())
                && one.image().equals(other.image())
                && one.hostAddress().equals(other.hostAddress())
                && one.networkMode().equals(other.networkMode())
                && one.networks().equals(other.networks())
                && one.published().equals(other.published())
                && one.labels().equals(other.labels())
                && one.declarations().equals(other.declarations())
                && one.rejections().equals(other.rejections());
    }

    static Instance gone(Instance instance, boolean stopping, Cause cause, boolean last) {
        return with(instance, true, stopping, cause, last);
    }

    static Instance stopping(Instance instance, boolean stopping, Cause cause) {
        return with(instance, instance.gone(), stopping, cause, true);
    }

    static Instance last(Instance instance, boolean last) {
        return with(instance, instance.gone(), instance.stopping(), instance.cause(), last);
    }

    private static Instance with(
            Instance i, boolean gone, boolean stopping, Cause cause, boolean last) {
        return new Instance(
                i.host(),
                i.container(),
                i.name(),
                i.image(),
                gone,
                i.state(),
                i.health(),
                i.startedAt(),
                stopping,
                i.shownAt(),
                i.hostAddress(),
                i.networkMode(),
                i.networks(),
                i.published(),
                i.labels(),
                i.declarations(),
                i.rejections(),
                cause,
                last,
                i.source());
    }
}
