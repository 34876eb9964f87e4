package io.signalbox.cli.doctor;

import io.signalbox.cli.group.GroupYaml;
import io.signalbox.cli.group.GroupYamlWriter;
import io.signalbox.cli.group.KnownGroups.Defined;
import io.signalbox.cli.group.KnownGroups.KnownGroup;
import io.signalbox.cli.group.ListenAddress;
import io.signalbox.schemas.GroupDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the groups' definitions follow the rules of this version, and have their topics. */
final class Definitions {
    private Definitions() {}

    /**
     * Judges them.
     *
     * @param topics the groups that have a topic for their configuration
     */
    static List<Finding> of(Map<String, KnownGroup> groups, Set<String> topics) {
        List<Finding> findings = new ArrayList<>();
        groups.forEach(
                (name, group) -> {
                    if (group instanceof Defined(GroupDefinition definition)) {
                        findings.addAll(of(definition));
                    }
                    if (group.definition().isPresent() && !topics.contains(name)) {
                        findings.add(
                                Finding.fail(
                                        "group " + name,
                                        "has no topic for its configuration",
                                        "",
                                        "signalbox group apply, with its definition"));
                    }
                });
        return findings.isEmpty()
                ? List.of(Finding.ok("definitions", "none but the built-in group's"))
                : findings;
    }

    private static List<Finding> of(GroupDefinition definition) {
        String subject = "definition of group " + definition.name();
        try {
            GroupYaml.parse(definition.name(), GroupYamlWriter.write(definition));
            return List.of(
                    Finding.ok(
                            subject,
                            "listens on "
                                    + definition.entryPoints().stream()
                                            .map(entry -> ListenAddress.print(entry.listen()))
                                            .collect(Collectors.joining(" "))));
        } catch (GroupYaml.Invalid e) {
            return e.lines().stream()
                    .map(
                            line ->
                                    Finding.fail(
                                            subject,
                                            line,
                                            "",
                                            "signalbox group show "
                                                    + definition.name()
                                                    + ", correct it, signalbox group apply"))
                    .toList();
        }
    }
}
