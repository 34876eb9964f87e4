package io.signalbox.registry.core;

import io.signalbox.registry.core.Fold.At;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an accepted fact changes in the instances of its host. */
final class InstanceFold {
    private InstanceFold() {}

    static FoldResult observed(HostState host, At at, Fact.ContainerObserved fact) {
        Container container = fact.container();
        host.seen(at.event().source(), container.id());
        Instance before = host.instances.get(container.id());
        if (ahead(before, at)) {
            return FoldResult.NOTHING;
        }
        String address = host.identity == null ? "" : host.identity.address();
        Instance now =
                Instances.observed(
                        host.id,
                        address,
                        at.event().source(),
                        container,
                        before,
                        cause(host, at, container.id()));
        if (before != null && Instances.sameContent(before, now)) {
            return FoldResult.NOTHING;
        }
        host.instances.put(container.id(), now);
        return new FoldResult(List.of(now), shown(host, now, before));
    }

    /** Sets or takes away the stop mark of exactly this run. */
    static FoldResult mark(
            HostState host, At at, String container, Instant startedAt, boolean stopping) {
        Instance before = host.instances.get(container);
        if (before == null
                || ahead(before, at)
                || before.stopping() == stopping
                || !Instances.isRun(before, startedAt)
                || (stopping && (before.gone() || !Instances.runs(before.state())))) {
            return FoldResult.NOTHING;
        }
        Instance now = Instances.stopping(before, stopping, cause(host, at, container));
        host.instances.put(container, now);
        return FoldResult.changed(now);
    }

    /** The engine has removed it: the stop mark goes too. */
    static FoldResult gone(HostState host, At at, String container) {
        Instance before = host.instances.get(container);
        if (before == null || ahead(before, at) || (before.gone() && !before.stopping())) {
            return FoldResult.NOTHING;
        }
        Instance now = Instances.gone(before, false, cause(host, at, container), true);
        host.instances.put(container, now);
        return FoldResult.changed(now);
    }

    /** Nobody saw these any more; should one of them be there after all, its stop mark still is. */
    static FoldResult allGone(HostState host, At at, Predicate<Instance> which) {
        List<Instance> gone =
                host.instances.values().stream()
                        .filter(i -> !i.gone() && !ahead(i, at) && which.test(i))
                        .sorted(Comparator.comparing(Instance::container))
                        .toList();
        List<ServiceState> changed = new ArrayList<>(gone.size());
        for (Instance before : gone) {
            boolean last = changed.size() == gone.size() - 1;
            Cause cause = cause(host, at, before.container());
            Instance now = Instances.gone(before, before.stopping(), cause, last);
            host.instances.put(now.container(), now);
            changed.add(now);
        }
        return new FoldResult(changed, List.of());
    }

    private static boolean ahead(@Nullable Instance instance, At at) {
        return instance != null && instance.cause().offset() >= at.offset();
    }

    private static Cause cause(HostState host, At at, String container) {
        return at.cause(host.id + "/" + container);
    }

    /** What the container was not known to have wrong, whichever run of it said so. */
    private static List<Signal> shown(HostState host, Instance now, @Nullable Instance before) {
        if (now.rejections().isEmpty()) {
            return List.of();
        }
        List<Rejection> known = before == null ? List.of() : before.rejections();
        List<Signal> signals = new ArrayList<>();
        for (Rejection rejection : now.rejections()) {
            if (!known.contains(rejection)) {
                signals.add(
                        new Signal.RejectionShown(host.id, now.container(), now.name(), rejection));
            }
        }
        return signals;
    }
}
