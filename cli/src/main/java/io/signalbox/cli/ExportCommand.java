package io.signalbox.cli;

import io.signalbox.applier.ReachSettings;
import io.signalbox.cli.export.Export;
import io.signalbox.cli.export.ResourceFiles;
import io.signalbox.cli.export.TemplateResource;
import io.signalbox.cli.export.core.FileMode;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code signalbox export}: files of any kind from the services of a group. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Makes files from templates and a group's services, and keeps them in step: staged, compared, checked, put in place in one step, and their readers told.",
            "A reload that fails is tried again until it succeeds, also by the next process; what fails before it leaves the file as it was."
        },
        footer = {
            "",
            "Exit codes: 0 all is done, 1 a file of --once or --dry-run failed, 2 wrong use or settings."
        })
final class ExportCommand extends OperatorCommand implements Callable<Integer> {
    private static final List<Setting<?>> SETTINGS =
            List.of(
                    CommonSettings.BOOTSTRAP_SERVERS,
                    CommonSettings.SCHEMA_REGISTRY_URL,
                    CommonSettings.TOPIC_PREFIX,
                    CommonSettings.REPLICATION_FACTOR,
                    CommonSettings.MIN_INSYNC_REPLICAS,
                    ReachSettings.GROUP,
                    ReachSettings.HOST_ID,
                    ReachSettings.NETWORKS,
                    SettingSources.CONFIG);

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "A template; as many as there are --dest, in the same order.")
    private List<Path> sources = List.of();

    @Option(names = "--dest", paramLabel = "FILE", description = "The file that it becomes.")
    private List<Path> destinations = List.of();

    @Option(
            names = "--config-dir",
            paramLabel = "DIR",
            description =
                    "A directory as confd has it: conf.d/*.yaml with src, dest, keys, prefix, mode, uid, gid, check_cmd and reload_cmd, and templates/.")
    private @Nullable Path directory;

    @Option(
            names = "--check",
            paramLabel = "CMD",
            description =
                    "A shell command that says by its exit code whether the staged file, {{.src}}, may be used.")
    private @Nullable String check;

    @Option(
            names = "--reload",
            paramLabel = "CMD",
            description = "A shell command that tells whoever reads the file that it changed.")
    private @Nullable String reload;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "The file's permissions in octal; those that it has, or 0644.")
    private @Nullable String mode;

    @Option(
            names = "--owner",
            paramLabel = "USER[:GROUP]",
            description = "The file's owner; the one that it has, or who runs this.")
    private @Nullable String owner;

    @Option(names = "--prefix", paramLabel = "KEY", description = "What the keys lie below.")
    private String prefix = "/";

    @Option(names = "--once", description = "Makes every file once, and ends.")
    private boolean once;

    @Option(
            names = "--dry-run",
            description = "Shows how each file would change, and ends; neither check nor reload.")
    private boolean dryRun;

    @Option(names = "--keep-stage", description = "Leaves staged files that are not used.")
    private boolean keepStage;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            description = "Makes the files that often also when nothing changed, for look-ups.")
    private @Nullable String interval;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description =
                    "How long nothing else must have changed before a change is acted on; ten times that at most. Default: ${DEFAULT-VALUE}.",
            defaultValue = "200ms")
    private String wait = "";

    @Option(
            names = "--command-timeout",
            paramLabel = "DURATION",
            description = "When a command is ended by force. Default: ${DEFAULT-VALUE}.",
            defaultValue = "60s")
    private String commandTimeout = "";

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            description =
                    "How long --once and --dry-run wait for a complete configuration. Default: ${DEFAULT-VALUE}.",
            defaultValue = "30s")
    private String patience = "";

    @Spec private CommandLine.Model.@Nullable CommandSpec command;

    ExportCommand() {
        super(SETTINGS);
    }

    @Override
    public Integer call() throws InterruptedException {
        SettingValues values = values();
        OperatorSettings settings = OperatorSettings.from(values);
        Export export =
                new Export(
                        settings.kafka(),
                        settings.codecs(),
                        settings.common().topicPrefix(),
                        values.get(ReachSettings.GROUP),
                        ReachSettings.reach(values),
                        resources(),
                        new Export.Rules(
                                duration("--command-timeout", commandTimeout),
                                duration("--wait", wait),
                                Optional.ofNullable(interval)
                                        .map(text -> duration("--interval", text)),
                                duration("--patience", patience),
                                keepStage));
        PrintWriter out = line().getOut();
        PrintWriter err = line().getErr();
        if (dryRun) {
            return export.dryRun(out, err);
        }
        return once ? export.once(err) : export.follow();
    }

    private CommandLine line() {
        if (command == null) {
            throw new IllegalStateException("not called by a command line");
        }
        return command.commandLine();
    }

    private List<TemplateResource> resources() {
        boolean given = !sources.isEmpty() || !destinations.isEmpty();
        if (given == (directory != null) || sources.size() != destinations.size()) {
            throw new ParameterException(
                    line(), "needs --config-dir, or as many --template as --dest");
        }
        return directory == null ? given() : ResourceFiles.read(directory);
    }

    private List<TemplateResource> given() {
        OptionalInt permissions = mode == null ? OptionalInt.empty() : FileMode.parse(mode);
        if (mode != null && permissions.isEmpty()) {
            throw new StartFailure("--mode " + FileMode.RULE + ": " + mode);
        }
        String[] names = owner == null ? new String[] {""} : owner.split(":", 2);
        String group = names.length == 2 && !names[1].isEmpty() ? names[1] : null;
        Set<Path> known = new HashSet<>();
        List<TemplateResource> resources = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (!known.add(destinations.get(i).toAbsolutePath().normalize())) {
                throw new StartFailure("--dest is given twice: " + destinations.get(i));
            }
            resources.add(
                    new TemplateResource(
                            sources.get(i),
                            destinations.get(i),
                            permissions,
                            names[0].isEmpty() ? null : names[0],
                            group,
                            check,
                            reload,
                            prefix,
                            List.of("/")));
        }
        return resources;
    }
}
