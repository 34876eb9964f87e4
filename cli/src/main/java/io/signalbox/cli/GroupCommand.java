package io.signalbox.cli;

import io.signalbox.cli.group.GroupSchema;
import io.signalbox.cli.group.GroupYaml;
import io.signalbox.cli.group.GroupYamlWriter;
import io.signalbox.cli.group.KnownGroups;
import io.signalbox.cli.group.ListenAddress;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.ConfigRecord.Held;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupRecord.GroupDefined;
import io.signalbox.schemas.GroupRecord.GroupWithdrawn;
import io.signalbox.schemas.GroupRecord.ShrinkAccepted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code signalbox group}: definitions of proxy groups, each change a record in the log. */
@Command(
        name = "group",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Defines proxy groups.",
        subcommands = {
            GroupCommand.Apply.class,
            GroupCommand.ListGroups.class,
            GroupCommand.Show.class,
            GroupCommand.Schema.class,
            GroupCommand.Accept.class,
            GroupCommand.Delete.class
        })
final class GroupCommand {

    private GroupCommand() {}

    abstract static class OnLog extends OperatorCommand implements Callable<Integer> {
        OnLog() {
            super(OperatorSettings.ALL);
        }

        @Override
        public Integer call() {
            try (GroupsLog log = new GroupsLog(OperatorSettings.from(values()))) {
                return call(log);
            }
        }

        abstract int call(GroupsLog log);
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description =
                    "Writes the definitions in YAML files; makes a group's topic first if it is new. Writes nothing if one of the files has a mistake, and nothing of a group that is defined like that already.")
    static final class Apply extends OnLog {
        @Parameters(
                paramLabel = "FILE",
                arity = "1..*",
                description = "A definition each; - reads standard input.")
        private List<String> files = List.of();

        @Override
        int call(GroupsLog log) {
            List<GroupDefinition> definitions = read();
            for (GroupDefinition definition : definitions) {
                apply(log, definition);
            }
            return 0;
        }

        private static void apply(GroupsLog log, GroupDefinition definition) {
            log.ensureTopic(definition.name());
            if (log.said(definition.name()) instanceof KnownGroups.Defined(GroupDefinition inForce)
                    && inForce.equals(definition)) {
                System.out.println("group " + definition.name() + " is defined like that");
                return;
            }
            log.append(new GroupDefined(definition));
            System.out.println("group " + definition.name() + " applied");
        }

        private List<GroupDefinition> read() {
            List<GroupDefinition> definitions = new ArrayList<>();
            List<String> mistakes = new ArrayList<>();
            for (String file : files) {
                try {
                    definitions.add(read(file));
                } catch (GroupYaml.Invalid e) {
                    mistakes.addAll(e.lines());
                } catch (IOException e) {
                    mistakes.add("cannot read " + file + ": " + e.getClass().getSimpleName());
                }
            }
            Set<String> once = new HashSet<>();
            for (GroupDefinition definition : definitions) {
                if (!once.add(definition.name())) {
                    mistakes.add(
                            "group " + definition.name() + " is defined by more than one file");
                }
            }
            if (!mistakes.isEmpty()) {
                throw new StartFailure(mistakes);
            }
            return definitions;
        }

        private static GroupDefinition read(String file) throws IOException, GroupYaml.Invalid {
            boolean standardInput = file.equals("-");
            String yaml =
                    standardInput
                            ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                            : Files.readString(Path.of(file));
            return GroupYaml.parse(standardInput ? "(standard input)" : file, yaml);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the groups.")
    static final class ListGroups extends OnLog {
        @Override
        int call(GroupsLog log) {
            Table table = new Table("GROUP", "LISTENS", "DEFINED");
            log.groups()
                    .forEach(
                            (name, group) ->
                                    table.row(
                                            name,
                                            group.definition().map(g -> listens(g)).orElse("-"),
                                            switch (group) {
                                                case KnownGroups.Defined _ -> "by definition";
                                                case KnownGroups.BuiltIn _ -> "built in";
                                                case KnownGroups.Withdrawn _ -> "withdrawn";
                                            }));
            table.print(System.out);
            return 0;
        }

        private static String listens(GroupDefinition definition) {
            return definition.entryPoints().stream()
                    .map(e -> ListenAddress.print(e.listen()))
                    .collect(Collectors.joining(" "));
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints a definition as YAML, defaults included.")
    static final class Show extends OnLog {
        @Parameters(paramLabel = "GROUP", description = "The group's name.")
        private String group = "";

        @Override
        int call(GroupsLog log) {
            GroupDefinition definition =
                    log.require(group)
                            .definition()
                            .orElseThrow(
                                    () ->
                                            new OperationFailed(
                                                    "group "
                                                            + group
                                                            + " is built in, and no renderer has"
                                                            + " rendered it yet"));
            System.out.print(GroupYamlWriter.write(definition));
            return 0;
        }
    }

    @Command(
            name = "schema",
            mixinStandardHelpOptions = true,
            description = "Prints the JSON Schema of definitions, for editors.")
    static final class Schema implements Callable<Integer> {
        @Override
        public Integer call() {
            System.out.print(GroupSchema.text());
            return 0;
        }
    }

    @Command(
            name = "accept",
            mixinStandardHelpOptions = true,
            description = "Lets the change pass that the shrink guard holds back.")
    static final class Accept extends OnLog {
        @Parameters(paramLabel = "GROUP", description = "The group's name.")
        private String group = "";

        @Override
        int call(GroupsLog log) {
            Held held = log.held(group);
            if (held == null || held.dropping() == 0) {
                throw new OperationFailed("nothing is held back in group " + group);
            }
            log.append(new ShrinkAccepted(group, held.epoch(), held.generation()));
            System.out.printf(
                    "accepted: group %s drops %d of %d servers (%s)%n",
                    group, held.dropping(), held.living(), held.reason());
            return 0;
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Withdraws a definition; the group's appliers keep serving and say so.")
    static final class Delete extends OnLog {
        @Parameters(paramLabel = "GROUP", description = "The group's name.")
        private String group = "";

        @Override
        int call(GroupsLog log) {
            if (!(log.require(group) instanceof KnownGroups.Defined)) {
                throw new OperationFailed(
                        "group " + group + " is built in: there is no definition to withdraw");
            }
            log.append(new GroupWithdrawn(group));
            System.out.println("group " + group + " withdrawn");
            return 0;
        }
    }
}
