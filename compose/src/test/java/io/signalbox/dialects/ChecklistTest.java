package io.signalbox.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code -Dsignalbox.golden=write} writes the page's table anew. */
class ChecklistTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = REPOSITORY.resolve("docs/migrating.md");
    private static final String BEGIN = "<!-- checklist -->\n";
    private static final String END = "<!-- end of checklist -->\n";
    private static final Pattern TEST = Pattern.compile("[A-Z][A-Za-z0-9]*\\.should[A-Za-z0-9]+");
    private static final Pattern PROBE = Pattern.compile("\\[([a-z-]+): (.+)]");
    private static final Pattern METHOD = Pattern.compile("void (should[A-Za-z0-9]+)\\(");
    private static final String REFUSED = "refused: ";

    /** A line of the list. */
    private record Item(String section, String name, List<String> evidence) {}

    @Test
    void shouldNameTestsAndProbesThatThereAre() throws IOException {
        Set<String> known = tests();
        for (Spoken dialect : Spoken.all()) {
            dialect.probes()
                    .forEach(one -> known.add("[" + dialect.word() + ": " + one.word() + "]"));
        }
        Set<String> unknown = new TreeSet<>();
        for (Item item : items()) {
            assertThat(item.evidence()).as(item.name()).isNotEmpty();
            for (String one : item.evidence()) {
                boolean shown = TEST.matcher(one).matches() || PROBE.matcher(one).matches();
                assertThat(shown || one.startsWith(REFUSED)).as(one).isTrue();
                if (shown && !known.contains(one)) {
                    unknown.add(one);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void shouldBeWhatThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String wanted = page.substring(0, begin) + table() + page.substring(end);
        if ("write".equals(System.getProperty("signalbox.golden"))) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }

    private static String table() throws IOException {
        StringBuilder table = new StringBuilder("| | what | shown by |\n|---|---|---|\n");
        String section = "";
        for (Item item : items()) {
            table.append("| ")
                    .append(item.section().equals(section) ? "" : item.section())
                    .append(" | ")
                    .append(item.name())
                    .append(" | ")
                    .append(
                            String.join(
                                    ", ",
                                    item.evidence().stream().map(ChecklistTest::shown).toList()))
                    .append(" |\n");
            section = item.section();
        }
        return table.toString();
    }

    private static String shown(String evidence) {
        Matcher probe = PROBE.matcher(evidence);
        return probe.matches()
                ? probe.group(1) + " [`" + probe.group(2) + "`]"
                : TEST.matcher(evidence).matches() ? "`" + evidence + "`" : evidence;
    }

    private static List<Item> items() throws IOException {
        List<Item> items = new ArrayList<>();
        String section = "";
        for (String line : lines()) {
            int bar = line.indexOf(" | ");
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (bar > 0 && !line.startsWith("#")) {
                List<String> evidence =
                        List.of(line.substring(bar + 3).split("; (?=[A-Z\\[]|refused: )", -1));
                items.add(new Item(section, line.substring(0, bar), evidence));
            }
        }
        return items;
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ChecklistTest.class.getResourceAsStream("/migrating/checklist.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** All tests of all modules, by class and method. */
    private static Set<String> tests() throws IOException {
        Set<String> tests = new HashSet<>();
        try (Stream<Path> modules = Files.list(REPOSITORY)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/test/java");
                if (Files.isDirectory(sources)) {
                    collect(sources, tests);
                }
            }
        }
        return tests;
    }

    private static void collect(Path sources, Set<String> tests) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
                String name = Objects.requireNonNull(file.getFileName()).toString();
                String type = name.substring(0, name.length() - ".java".length());
                Matcher method = METHOD.matcher(Files.readString(file));
                while (method.find()) {
                    tests.add(type + "." + method.group(1));
                }
            }
        }
    }
}
