package io.signalbox.renderer.core;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ManifestHash;
import io.signalbox.schemas.PartHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one group: what they are, and what a change makes of them. A change costs what the
 * services cost that it touches. A service that cannot be rendered stays at its last good version,
 * or is left out if it never had one. One owner thread.
 */
public final class GroupRenderer {
    /** The name of the part that names no service. */
    public static final String FRAME = "frame";

    private static final String SERVICE = "service/";

    private final ServiceView view;
    private final SortedMap<String, Content> contents = new TreeMap<>();
    private final ManifestHash hash = new ManifestHash();
    private final Set<String> dirty = new TreeSet<>();
    private final List<Cause> causes = new ArrayList<>();
    private final SortedMap<String, String> unrendered = new TreeMap<>();
    private Set<String> held = Set.of();
    private GroupDefinition group;
    private Membership membership;
    private List<Long> renderedAt = List.of();
    private int living;
    private boolean accepted;

    /**
     * A renderer that goes on from the parts that stand in the group's topic.
     *
     * @param published accepted parts by name
     */
    public GroupRenderer(
            GroupDefinition group, ServiceView view, Map<String, ConfigRecord.Part> published) {
        this.view = view;
        this.group = group;
        published.forEach((name, part) -> put(name, part.content()));
        this.membership = remembering();
        everythingDirty();
    }

    /**
     * What a step would write.
     *
     * @param changed contents by part name; {@code Removed} for parts that are to go
     * @param shows whether it changes what HAProxy does, and not only what is said about it
     * @param drains whether a server is taken out of service by it
     * @param dropping how many servers are kept in place because no fact says that they went
     * @param living how many servers the group had before this step
     * @param held the parts in which they are kept
     */
    public record Step(
            SortedMap<String, Content> changed,
            List<Cause> causes,
            boolean shows,
            boolean drains,
            int dropping,
            int living,
            Set<String> held) {

        public Step {
            changed = Collections.unmodifiableSortedMap(new TreeMap<>(changed));
            causes = List.copyOf(causes);
            held = Collections.unmodifiableSortedSet(new TreeSet<>(held));
        }
    }

    /**
     * How far the facts had been read that the published parts were made from.
     *
     * @param positions for each partition of {@code container-events} the first offset not read
     */
    public void standsFor(List<Long> positions) {
        renderedAt = List.copyOf(positions);
    }

    /** The group's definition is another one now. */
    public void define(GroupDefinition definition) {
        if (!definition.equals(group)) {
            group = definition;
            membership = remembering();
            everythingDirty();
        }
    }

    /** The view changed. */
    public void apply(ServiceView.Change change) {
        Set<String> touched = membership.apply(change);
        touched.forEach(service -> dirty.add(SERVICE + service));
        Entry after = change.after();
        if (!touched.isEmpty() && after != null) {
            causes.add(after.timedCause());
        }
    }

    /** The operator lets what is held back pass with the next step. */
    public void acceptShrink() {
        accepted = true;
    }

    /**
     * Takes who holds a disputed route from what was recorded, where it was decided by the order in
     * which changes of several partitions happened to be read. Only parts that changes have touched
     * since the last step, or that it wrote, are asked for; what nobody disputes depends on the
     * view alone.
     *
     * @param written names of the parts that the step which is replayed wrote
     * @param recorded finds a part's content by its name, as it stood after that step; null for
     *     none
     */
    public void settleAsRecorded(
            Set<String> written, Function<String, @Nullable Content> recorded) {
        Set<String> parts = new TreeSet<>(dirty);
        parts.addAll(written);
        for (String part : parts) {
            if (recorded.apply(part) instanceof ConfigRecord.Service service) {
                remember(membership.routes(), service);
            }
        }
        membership.routes().settle().forEach(service -> dirty.add(SERVICE + service));
    }

    /** What is to be written now; changes nothing. */
    public Step plan() {
        Set<String> parts = new TreeSet<>(held);
        parts.addAll(dirty);
        SortedMap<String, Content> next = new TreeMap<>();
        for (String part : parts) {
            next.put(part, part.equals(FRAME) ? frame() : service(part));
        }
        return guarded(next);
    }

    private Step guarded(SortedMap<String, Content> next) {
        SortedMap<String, List<Server>> dropped = new TreeMap<>();
        next.forEach(
                (name, content) -> {
                    List<Server> gone =
                            ShrinkGuard.dropped(
                                    contents.get(name),
                                    content,
                                    server -> isExplained(name, server));
                    if (!gone.isEmpty()) {
                        dropped.put(name, gone);
                    }
                });
        int dropping = dropped.values().stream().mapToInt(List::size).sum();
        boolean behind =
                dropped.entrySet().stream()
                        .anyMatch(
                                one ->
                                        one.getValue().stream()
                                                .anyMatch(
                                                        server -> isBehind(one.getKey(), server)));
        boolean hold = !accepted && (behind || ShrinkGuard.holds(dropping, living));
        Set<String> nowHeld = new TreeSet<>();
        if (hold) {
            dropped.forEach(
                    (name, servers) -> {
                        next.computeIfPresent(name, (_, content) -> kept(name, content, servers));
                        nowHeld.add(name);
                    });
        }
        next.entrySet().removeIf(one -> isAsItWas(one.getKey(), one.getValue()));
        boolean drains =
                next.entrySet().stream()
                        .anyMatch(
                                one ->
                                        ShrinkGuard.drains(
                                                contents.get(one.getKey()), one.getValue()));
        boolean shows =
                next.entrySet().stream()
                        .anyMatch(one -> !Effects.same(contents.get(one.getKey()), one.getValue()));
        return new Step(next, causes, shows, drains, hold ? dropping : 0, living, nowHeld);
    }

    private Content kept(String name, Content content, List<Server> servers) {
        return contents.get(name) instanceof ConfigRecord.Service before
                ? ShrinkGuard.kept(before, content, servers, route -> isFree(before, route))
                : content;
    }

    private boolean isFree(ConfigRecord.Service before, ConfigRecord.HeldRoute route) {
        return DeclaredRoute.pattern(route)
                .map(pattern -> membership.routes().isFree(pattern, before.service()))
                .orElse(false);
    }

    private boolean isAsItWas(String name, Content content) {
        Content before = contents.get(name);
        return before == null ? content instanceof Removed : before.equals(content);
    }

    private @Nullable Entry newest(Server server) {
        return server.host().isEmpty()
                ? view.find(Keys.endpoint(server.container()))
                : view.find(Keys.instance(server.host(), server.container()));
    }

    /** Whether a fact about the server, or about who lent it what it is, says that it goes. */
    private boolean isExplained(String part, Server server) {
        Entry known = newest(server);
        if (known == null) {
            return false;
        }
        Entry lender = withdrew(part, known);
        if (lender == null || view.isBehind(server.cause())) {
            return ShrinkGuard.isNewer(known.cause(), server.cause());
        }
        return !isBeingRebuilt(lender);
    }

    private boolean isBehind(String part, Server server) {
        Entry known = newest(server);
        Entry lender = known == null ? null : withdrew(part, known);
        return view.isBehind(server.cause()) || (lender != null && isBeingRebuilt(lender));
    }

    private @Nullable Entry withdrew(String part, Entry container) {
        return membership.lenders().withdrew(container, serviceOf(part));
    }

    /** Whether more had been read of the partition when the parts were made than was read now. */
    private boolean isBeingRebuilt(Entry lender) {
        int partition = lender.cause().partition();
        return partition < renderedAt.size()
                && view.positions().get(partition) < renderedAt.get(partition);
    }

    /** Whether something may have to be written. */
    public boolean isDirty() {
        return !dirty.isEmpty() || accepted;
    }

    /** The step was written: it is what stands in the topic now. */
    public void commit(Step step) {
        step.changed().forEach(this::put);
        renderedAt = step.held().isEmpty() ? view.positions() : renderedAt;
        dirty.clear();
        causes.clear();
        held = step.held();
        accepted = false;
    }

    private void put(String name, Content content) {
        living += ShrinkGuard.living(content) - ShrinkGuard.living(contents.get(name));
        if (content instanceof Removed) {
            contents.remove(name);
            hash.remove(name);
        } else {
            contents.put(name, content);
            hash.put(name, PartHash.of(content));
        }
    }

    private Membership remembering() {
        RouteTable routes = new RouteTable();
        for (Content content : contents.values()) {
            if (content instanceof ConfigRecord.Service service) {
                remember(routes, service);
            }
        }
        return new Membership(group, view, routes);
    }

    private static void remember(RouteTable routes, ConfigRecord.Service service) {
        for (ConfigRecord.HeldRoute route : service.routes()) {
            RouteTable.Holder holder = new RouteTable.Holder(service.service(), route.since());
            DeclaredRoute.pattern(route).ifPresent(pattern -> routes.remember(pattern, holder));
        }
    }

    private void everythingDirty() {
        dirty.add(FRAME);
        membership.names().forEach(service -> dirty.add(SERVICE + service));
        dirty.addAll(contents.keySet());
    }

    private Content frame() {
        try {
            Content frame = FramePart.of(group);
            unrendered.remove(FRAME);
            return frame;
        } catch (IllegalValue e) {
            unrendered.put(FRAME, String.valueOf(e.getMessage()));
            return contents.getOrDefault(FRAME, new Removed());
        }
    }

    private static String serviceOf(String part) {
        return part.substring(Math.min(SERVICE.length(), part.length()));
    }

    private Content service(String part) {
        String name = serviceOf(part);
        Service members = membership.service(name);
        if (members == null || !part.startsWith(SERVICE)) {
            unrendered.remove(part);
            return new Removed();
        }
        try {
            Content content =
                    ServicePart.of(
                            name, members, membership.routes(), group, membership::networkOwner);
            unrendered.remove(part);
            return content;
        } catch (IllegalValue e) {
            unrendered.put(part, String.valueOf(e.getMessage()));
            return contents.getOrDefault(part, new Removed());
        }
    }

    /** What stands in the topic by part name, removed parts left out. */
    public SortedMap<String, Content> contents() {
        return Collections.unmodifiableSortedMap(contents);
    }

    /** The hash over what stands in the topic. */
    public String hash() {
        return hash.value();
    }

    /** Parts that could not be rendered, and why. */
    public SortedMap<String, String> unrendered() {
        return Collections.unmodifiableSortedMap(unrendered);
    }
}
