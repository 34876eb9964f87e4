package io.signalbox.cli;

import io.signalbox.registry.core.dialect.SignalboxKeys;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signalbox labels}: what may be said of a container. */
@Command(
        name = "labels",
        mixinStandardHelpOptions = true,
        description = "Lists the labels that containers are declared with, and what they mean.")
final class LabelsCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..1",
            description = "Part of a label's name, such as check; * stands for any characters.")
    private String pattern = "";

    @Option(names = "--markdown", description = "Prints the page docs/labels.md.")
    private boolean markdown;

    @Spec private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not called by a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (markdown) {
            out.print(LabelsPage.text(SignalboxKeys.ALL));
            return 0;
        }
        List<SignalboxKeys.Key> found =
                SignalboxKeys.ALL.stream().filter(key -> isMeant(key.key())).toList();
        if (found.isEmpty()) {
            String likely =
                    SignalboxKeys.likely(pattern)
                            .map(key -> "; did you mean " + key + "?")
                            .orElse(": `signalbox labels` lists all");
            throw new OperationFailed("no label is called " + pattern + likely);
        }
        found.forEach(key -> print(out, key));
        return 0;
    }

    private boolean isMeant(String key) {
        String[] parts = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
        StringBuilder regex = new StringBuilder();
        for (String part : parts) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString()).matcher(key.toLowerCase(Locale.ROOT)).find();
    }

    private static void print(PrintWriter out, SignalboxKeys.Key key) {
        out.println(key.key() + " = " + key.type());
        out.println("    " + key.doc());
        out.printf("    Without it: %s. A change: %s.%n", key.standard(), key.change().text());
        out.println("    Example: " + key.key() + "=" + key.example());
        out.println();
    }
}
