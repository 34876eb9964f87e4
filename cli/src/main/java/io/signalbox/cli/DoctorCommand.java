package io.signalbox.cli;

import io.signalbox.applier.ProxyLook;
import io.signalbox.cli.doctor.ApiSource;
import io.signalbox.cli.doctor.Check;
import io.signalbox.cli.doctor.Diagnosis;
import io.signalbox.cli.doctor.Examination;
import io.signalbox.cli.doctor.Report;
import io.signalbox.cli.group.KnownGroups.KnownGroup;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.GroupView;
import io.signalbox.watcher.EngineLook;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code signalbox doctor}: looks at everything that a deployment depends on. Exit codes: 0 all is
 * well, 1 something is wrong, 2 wrong use or settings.
 */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Checks a deployment, changes nothing, and says what to do. Ends with 0 if all is well, with 1 if something is wrong.")
final class DoctorCommand extends OperatorCommand implements Callable<Integer> {

    private static final Duration API_PATIENCE = Duration.ofSeconds(4);

    @Option(names = "--json", description = "Prints what was found as JSON.")
    private boolean json;

    @Option(names = "--strict", description = "Ends with 1 for warnings, too.")
    private boolean strict;

    @Option(
            names = "--only",
            paramLabel = "CHECK",
            split = ",",
            description =
                    "Only these checks and those that they need: broker, features, topics, schema-registry, schemas, clock, members, api, registry, hosts, services, groups, appliers, definitions, engine, proxy, path.")
    private Set<String> only = new LinkedHashSet<>();

    DoctorCommand() {
        super(settings());
    }

    @Override
    public Integer call() {
        SettingValues values = values();
        List<Check> checks = checks(values);
        List<String> names = checks.stream().map(Check::name).toList();
        List<String> unknown = only.stream().filter(name -> !names.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new StartFailure(
                    "--only must name checks (%s): %s"
                            .formatted(String.join(", ", names), String.join(", ", unknown)));
        }
        Report report = Diagnosis.run(only.isEmpty() ? checks : Diagnosis.only(checks, only));
        PrintWriter out = out();
        if (json) {
            out.println(report.json(strict));
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
        return report.exitCode(strict);
    }

    private static List<Check> checks(SettingValues values) {
        OperatorSettings settings = OperatorSettings.from(values);
        ApiClient api = new ApiClient(values.get(ApiClient.API_URL), API_PATIENCE);
        boolean named =
                values.effective().stream()
                        .filter(value -> value.key().equals(ApiClient.API_URL.key()))
                        .noneMatch(value -> value.source().equals("default"));
        return new Examination(
                        settings.common(),
                        settings.schemaRegistry(),
                        new Groups(settings),
                        new ApiSource(values.get(ApiClient.API_URL).toString(), named, api::text))
                .checks(new EngineLook(values, System.getenv()), new ProxyLook(values));
    }

    /** Opens the log anew for each question: each comes from a thread of its own. */
    private record Groups(OperatorSettings settings) implements Examination.GroupSource {
        @Override
        public Map<String, KnownGroup> groups() {
            try (GroupsLog log = new GroupsLog(settings)) {
                return log.groups();
            }
        }

        @Override
        public GroupView configuration(String group) {
            try (GroupsLog log = new GroupsLog(settings)) {
                return log.configuration(group);
            }
        }
    }

    private static List<Setting<?>> settings() {
        return Stream.of(
                        OperatorSettings.ALL,
                        List.<Setting<?>>of(ApiClient.API_URL),
                        EngineLook.SETTINGS,
                        ProxyLook.SETTINGS)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }
}
