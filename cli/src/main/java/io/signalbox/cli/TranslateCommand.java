package io.signalbox.cli;

import io.signalbox.process.StartFailure;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Dialect;
import io.signalbox.watcher.ContainerLook;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signalbox translate}: what labels and variables of other proxies mean here. */
@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description =
                "Shows what each label and variable of another proxy becomes, of a running container"
                        + " or of the services of a Compose file, and the native labels.",
        footer = {
            "",
            "Exit codes: 0 all is followed, 3 something is refused, 1 there is no such container"
                    + " or no engine, 2 wrong use or a file that cannot be read."
        })
final class TranslateCommand extends OperatorCommand implements Callable<Integer> {
    private static final int REFUSED = 3;
    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";

    @Parameters(
            paramLabel = "CONTAINER",
            arity = "0..1",
            description = "A container's name or id, which this host's engine is asked for.")
    private @Nullable String container;

    @Option(names = "--compose", paramLabel = "FILE", description = "A Compose file.")
    private @Nullable Path compose;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "Only this service of the Compose file.")
    private @Nullable String service;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "Only labels of this one, such as traefik; else all that are spoken.")
    private @Nullable String dialect;

    @Option(
            names = "--native",
            description = "Prints the native labels alone, as a piece of a Compose file.")
    private boolean onlyNative;

    @Spec private CommandLine.Model.@Nullable CommandSpec command;

    TranslateCommand() {
        super(ContainerLook.SETTINGS);
    }

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("not called by a command line");
        }
        if ((container == null) == (compose == null) || (service != null && compose == null)) {
            throw new ParameterException(
                    command.commandLine(), "needs a container, or --compose FILE [--service NAME]");
        }
        Dialect only = only();
        ContainerLook look = new ContainerLook(values(), System.getenv());
        List<TranslationView> views = new ArrayList<>();
        containers(look).forEach((name, one) -> views.add(new TranslationView(name, one, only)));
        print(views, command.commandLine().getOut());
        return views.stream().anyMatch(TranslationView::isRefused) ? REFUSED : 0;
    }

    private @Nullable Dialect only() {
        return dialect == null
                ? null
                : Dialect.of(dialect)
                        .orElseThrow(
                                () ->
                                        new StartFailure(
                                                "--dialect: there is no dialect " + dialect));
    }

    private Map<String, Container> containers(ContainerLook look) {
        Map<String, Container> all = new TreeMap<>();
        if (compose != null) {
            for (ComposeFile.Service one : ComposeFile.read(compose, System.getenv())) {
                if (service == null || service.equals(one.name())) {
                    all.put(one.name(), container(one, look));
                }
            }
            if (all.isEmpty() && service != null) {
                throw new OperationFailed(compose + " has no service " + service);
            }
        } else if (container != null) {
            Container found = running(container, look);
            all.put(found.labels().getOrDefault(SERVICE, found.name()), found);
        }
        return all;
    }

    private static Container running(String name, ContainerLook look) {
        try {
            return look.at(name)
                    .orElseThrow(() -> new OperationFailed("there is no container " + name));
        } catch (ContainerLook.EngineFailed e) {
            throw new OperationFailed(String.valueOf(e.getMessage()));
        }
    }

    private static Container container(ComposeFile.Service service, ContainerLook look) {
        Map<String, String> labels = new TreeMap<>(service.labels());
        labels.put(PROJECT, service.project());
        labels.put(SERVICE, service.name());
        return new Container(
                service.name(),
                service.project() + "-" + service.name() + "-1",
                "",
                Container.State.CREATED,
                Container.Health.NONE,
                null,
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                List.of(),
                List.of(),
                exposed(service),
                look.labels(labels),
                look.environment(service.environment()),
                10);
    }

    /** What the image exposes no Compose file says: one port stands for it. */
    private static List<ExposedPort> exposed(ComposeFile.Service service) {
        List<Integer> ports = service.ports().isEmpty() ? List.of(80) : service.ports();
        return ports.stream().map(port -> new ExposedPort(port, Protocol.TCP)).toList();
    }

    private void print(List<TranslationView> views, PrintWriter out) {
        List<TranslationView> spoken = views.stream().filter(view -> !view.isEmpty()).toList();
        if (!onlyNative) {
            for (TranslationView view : spoken) {
                view.table().forEach(out::println);
                out.println();
            }
            if (spoken.isEmpty()) {
                out.println("nothing is said in labels or variables of another proxy");
            }
        }
        List<String> labels = spoken.stream().flatMap(view -> view.compose().stream()).toList();
        if (!labels.isEmpty()) {
            out.println("services:");
            labels.forEach(out::println);
        }
        out.flush();
    }
}
