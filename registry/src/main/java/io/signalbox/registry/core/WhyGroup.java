package io.signalbox.registry.core;

import io.signalbox.registry.core.Answer.Reason;
import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.Map;
import java.util.Optional;

/** Why a group does not serve something, and whether its appliers are up to date. */
final class WhyGroup {
    private WhyGroup() {}

    static Reason missing(ReadModel model, String group) {
        return new Reason(
                "no-group",
                model.withdrawnAt(group) != null
                        ? "group %s was withdrawn".formatted(group)
                        : "group %s does not exist: create it with: signalbox group apply"
                                .formatted(group));
    }

    /** Why the group's configuration does not have the instance although it names the group. */
    static Reason notInGroup(
            ReadModel model, String group, Instance instance, Declaration declaration) {
        GroupDefinition definition = model.group(group);
        if (instance.declarations().contains(declaration)
                && dialect(model, group, instance).isEmpty()) {
            return new Reason(
                    "not-followed",
                    "group %s does not follow what containers say to %s: name it in its select.dialects"
                            .formatted(group, declaration.dialect()));
        }
        if (definition != null) {
            Optional<String> unmatched = unmatched(definition.selector(), instance);
            if (unmatched.isPresent()) {
                return new Reason(
                        "not-selected",
                        "the selector of group %s leaves it out: %s"
                                .formatted(group, unmatched.get()));
            }
        }
        GroupView view = model.configuration(group);
        Manifest manifest = view == null ? null : view.manifest();
        int partition = instance.cause().partition();
        if (manifest != null
                && partition < manifest.eventsPositions().size()
                && manifest.eventsPositions().get(partition) <= instance.cause().offset()) {
            return new Reason(
                    "not-rendered",
                    "the newest configuration of group %s is older than it".formatted(group));
        }
        if (view != null && view.held() != null && view.held().dropping() > 0) {
            return new Reason(
                    "held", "held back in group %s: %s".formatted(group, view.held().reason()));
        }
        return Adoption.isSwarm(instance)
                ? new Reason("by-its-tasks", "its tasks are the servers, not itself")
                : new Reason(
                        "not-rendered",
                        "the configuration of group %s has no server of service %s for it"
                                .formatted(group, declaration.service()));
    }

    /**
     * Whether what a container says in a dialect counts in a group, or nothing that it says does:
     * of several dialects only the first that the group follows is worth a word.
     */
    static boolean speaks(ReadModel model, String group, Instance instance, String dialect) {
        Optional<String> followed = dialect(model, group, instance);
        return followed.isEmpty() || followed.get().equals(dialect);
    }

    private static Optional<String> dialect(ReadModel model, String group, Instance instance) {
        GroupDefinition definition = model.group(group);
        GroupDefinition.Selector selector =
                definition == null ? GroupDefinition.Selector.EVERYTHING : definition.selector();
        return selector.followed().stream()
                .filter(
                        dialect ->
                                instance.declarations().stream()
                                        .filter(one -> one.dialect().equals(dialect))
                                        .anyMatch(one -> one.groups().contains(group)))
                .findFirst();
    }

    /**
     * Whether the group's selector lets the container be a server by another's word; the labels of
     * a Swarm service are its tasks' too.
     */
    static boolean borrows(ReadModel model, Loans.Loan loan, Instance instance) {
        GroupDefinition definition = model.group(loan.group());
        if (definition == null) {
            return true;
        }
        GroupDefinition.Selector asked = definition.selector();
        boolean labelled =
                loan.by() instanceof Instance service
                        && service.labels().entrySet().containsAll(asked.labels().entrySet());
        GroupDefinition.Selector left =
                new GroupDefinition.Selector(
                        labelled ? Map.of() : asked.labels(),
                        asked.networks(),
                        asked.hosts(),
                        asked.dialects());
        return unmatched(left, instance).isEmpty();
    }

    /** Whether an applier is not at the group's newest manifest. */
    static Optional<Reason> behind(ReadModel model, ApplyResult result) {
        GroupView view = model.configuration(result.group());
        Manifest manifest = view == null ? null : view.manifest();
        String at = "epoch %d generation %d".formatted(result.epoch(), result.generation());
        if (result.outcome() != ApplyResult.Outcome.APPLIED) {
            return Optional.of(
                    new Reason(
                            result.outcome().name().toLowerCase(java.util.Locale.ROOT),
                            "applier %s could not apply %s: %s"
                                    .formatted(result.applier(), at, result.reason())));
        }
        if (manifest == null
                || (result.epoch() == manifest.epoch()
                        && result.generation() >= manifest.generation())) {
            return Optional.empty();
        }
        return Optional.of(
                new Reason(
                        "behind",
                        "applier %s is at %s, the newest is epoch %d generation %d"
                                .formatted(
                                        result.applier(),
                                        at,
                                        manifest.epoch(),
                                        manifest.generation())));
    }

    private static Optional<String> unmatched(
            GroupDefinition.Selector selector, Instance instance) {
        for (var label : selector.labels().entrySet()) {
            if (!label.getValue().equals(instance.labels().get(label.getKey()))) {
                return Optional.of(
                        "its label %s is not %s".formatted(label.getKey(), label.getValue()));
            }
        }
        if (!selector.networks().isEmpty()
                && instance.networks().stream()
                        .map(NetworkAttachment::name)
                        .noneMatch(selector.networks()::contains)) {
            return Optional.of("it is on none of the networks " + selector.networks());
        }
        return selector.hosts().isEmpty() || selector.hosts().contains(instance.host())
                ? Optional.empty()
                : Optional.of("its host is none of " + selector.hosts());
    }
}
