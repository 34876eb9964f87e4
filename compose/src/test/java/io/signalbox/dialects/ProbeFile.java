package io.signalbox.dialects;

import io.signalbox.dialects.Probe.App;
import io.signalbox.dialects.Probe.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads probes. {@code [word]} begins one; {@code name = value} is a label, or a variable where the
 * name is in capitals; {@code --} begins another container; {@code ports}, {@code networks}, {@code
 * dead} and {@code alone} say more of it; a line with {@code ->} is a request and its answer. What
 * stands before the first word holds for every container, unless it says {@code -name}. {@code
 * HOST} is the probe's own host name.
 */
final class ProbeFile {
    private static final String ALONE = "alone";
    private static final String SAYS = " = ";
    private static final String ANSWERS = " ->";
    private static final Pattern HOST = Pattern.compile("(?<![A-Z_])HOST(?![A-Z_])");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final List<Probe> probes = new ArrayList<>();
    private final List<String> common = new ArrayList<>();
    private final List<List<String>> apps = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private String word = "";

    private ProbeFile() {}

    /** All probes of a file among the resources. */
    static List<Probe> read(String name) {
        try (InputStream in =
                Objects.requireNonNull(ProbeFile.class.getResourceAsStream("/dialects/" + name))) {
            ProbeFile file = new ProbeFile();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(file::line);
            file.end();
            return file.probes;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void line(String written) {
        String line = written.strip();
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("[") && line.endsWith("]")) {
            end();
            word = line.substring(1, line.length() - 1);
            apps.add(new ArrayList<>());
        } else if (word.isEmpty()) {
            common.add(line);
        } else if (line.equals("--")) {
            apps.add(new ArrayList<>());
        } else if (line.contains(ANSWERS) || line.startsWith("REFUSED ")) {
            steps.add(step(own(line)));
        } else {
            apps.getLast().add(own(line));
        }
    }

    private String host() {
        return "p" + probes.size() + ".example";
    }

    private String own(String line) {
        return HOST.matcher(line).replaceAll(host());
    }

    /** A request and its answer as a line says it. */
    static Step step(String line) {
        int arrow = line.indexOf(ANSWERS);
        String ask = arrow < 0 ? line : line.substring(0, arrow);
        String answer = arrow < 0 ? "" : line.substring(arrow + ANSWERS.length());
        return new Step(line, parts(ask), parts(answer));
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(" \\+ ", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private void end() {
        if (!word.isEmpty()) {
            List<App> all = new ArrayList<>();
            for (List<String> lines : apps) {
                all.add(app("c" + (all.size() + 1), lines));
            }
            boolean alone = apps.getFirst().contains(ALONE);
            probes.add(new Probe(word, host(), all, List.copyOf(steps), alone));
        }
        apps.clear();
        steps.clear();
    }

    private App app(String name, List<String> own) {
        SortedMap<String, String> said = new TreeMap<>();
        List<Integer> ports = List.of(8080);
        List<String> networks = List.of("front");
        List<String> lines = new ArrayList<>();
        common.forEach(line -> lines.add(own(line)));
        lines.addAll(own);
        for (String line : lines) {
            int says = line.indexOf(SAYS);
            if (says > 0) {
                said.put(line.substring(0, says), line.substring(says + SAYS.length()));
            } else if (line.startsWith("-")) {
                said.remove(line.substring(1));
            } else if (line.startsWith("ports ")) {
                ports = words(line).stream().map(Integer::valueOf).toList();
            } else if (line.startsWith("networks ")) {
                networks = words(line);
            } else if (!line.equals("dead") && !line.equals(ALONE)) {
                throw new IllegalStateException("not understood: " + line);
            }
        }
        SortedMap<String, String> labels = new TreeMap<>();
        SortedMap<String, String> variables = new TreeMap<>();
        said.forEach(
                (key, value) ->
                        (VARIABLE.matcher(key).matches() ? variables : labels).put(key, value));
        return new App(name, labels, variables, ports, networks, own.contains("dead"));
    }

    private static List<String> words(String line) {
        return List.of(line.split(" ", -1)).subList(1, line.split(" ", -1).length);
    }
}
