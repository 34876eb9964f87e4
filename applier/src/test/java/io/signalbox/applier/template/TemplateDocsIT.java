package io.signalbox.applier.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.Command;
import io.signalbox.applier.core.template.TemplateData;
import io.signalbox.applier.core.template.TemplateFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages about templates show is what is carried out, and a real HAProxy takes it. */
@Timeout(60)
class TemplateDocsIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final Path TEMPLATES = Path.of("../docs/templates.md");
    private static final Path CONFD = Path.of("../docs/migrating/confd.md");
    private static final Pattern EXAMPLE = Pattern.compile("```jinja\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("`([a-zA-Z0-9]+)\\([^`]*\\)`");

    /** All that confd has, by its documentation. */
    private static final List<String> FUNCTIONS_OF_CONFD =
            List.of(
                    ("base dir split join replace contains toUpper toLower trimSuffix json jsonArray"
                                    + " map getenv datetime lookupIP lookupIPV4 lookupIPV6 lookupSRV"
                                    + " fileExists base64Encode base64Decode parseBool reverse"
                                    + " sortByLength sortKVByLength add sub div mod mul seq atoi"
                                    + " exists get gets getv getvs ls lsdir cget cgets cgetv cgetvs")
                            .split(" "));

    private static final List<String> OPTIONS_OF_CONFD =
            List.of(
                    ("backend node nodes srv-domain srv-record scheme interval watch onetime noop"
                                    + " sync-only keep-stage-file prefix confdir config-file"
                                    + " log-level client-cert client-key client-ca-keys"
                                    + " client-insecure basic-auth username password auth-token"
                                    + " auth-type app-id user-id role-id secret-id path table"
                                    + " separator file filter secret-keyring src dest keys mode uid"
                                    + " gid check_cmd reload_cmd")
                            .split(" "));

    @TempDir private Path directory;

    private static List<String> examples(Path page) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(Files.readString(page));
        while (example.find()) {
            found.add(example.group(1));
        }
        return found;
    }

    private static String rendered(String template) throws TemplateFailed {
        return PebbleTemplates.pure().render("example", template, Samples.data());
    }

    @Test
    void shouldDocumentEachFunctionThatThereIs() throws Exception {
        List<String> documented = new ArrayList<>();
        Matcher call = CALL.matcher(Files.readString(TEMPLATES));
        while (call.find()) {
            documented.add(call.group(1));
        }
        TemplateData data = Samples.data();
        List<String> known = new ArrayList<>(TemplateFunctions.pure(data).getFunctions().keySet());
        known.addAll(List.of("getenv", "datetime", "fileExists"));
        known.addAll(List.of("lookupIP", "lookupIPV4", "lookupIPV6", "lookupSRV"));

        assertThat(documented).containsAll(known);
        assertThat(known).containsAll(documented);
    }

    @Test
    void shouldSayOfEachWordOfConfdWhatItBecomes() throws Exception {
        List<String> firstCells =
                Files.readString(CONFD)
                        .lines()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("\\|", -1)[1])
                        .toList();

        for (String word : FUNCTIONS_OF_CONFD) {
            assertThat(firstCells).anySatisfy(cell -> assertThat(cell).contains("`" + word + "`"));
        }
        for (String word : OPTIONS_OF_CONFD) {
            assertThat(firstCells).anySatisfy(cell -> assertThat(cell).contains("`" + word + "`"));
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldGiveTheArticlesConfigurationThatHaproxyTakes(Path haproxy) throws Exception {
        String text = rendered(examples(CONFD).getFirst());

        assertThat(text)
                .endsWith(
                        """
                            cookie JSESSIONID prefix
                            server server-1 10.10.10.10:9000 cookie server-1 check
                            server server-2 10.10.10.11:9000 cookie server-2 check
                        """);
        Path file = directory.resolve("haproxy.cfg");
        Files.writeString(file, text);
        Command.Ended ended =
                Command.run(
                        List.of(haproxy.toString(), "-c", "-f", file.toString()),
                        Duration.ofSeconds(20));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).doesNotContain("WARNING");
    }

    @Test
    void shouldGiveWhatTheExamplesSay() throws Exception {
        List<String> examples = examples(TEMPLATES);

        assertThat(rendered(examples.getFirst()))
                .isEqualToIgnoringWhitespace(
                        """
                        upstream stupid_server { least_conn;
                            server 10.10.10.10:9000 weight=1;
                            server 10.10.10.11:9000 weight=1;
                        }
                        upstream web { least_conn; server [2001:db8::5]:80 weight=1; }
                        """);
        assertThat(JsonText.list(rendered(examples.get(1)))).hasSize(2);
    }
}
