package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SignalboxTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldOfferEveryProcessAndEveryTool() {
        assertThat(Signalbox.commandLine().getSubcommands().keySet())
                .contains(
                        "watcher",
                        "registry",
                        "renderer",
                        "applier",
                        "up",
                        "demo",
                        "topics",
                        "group",
                        "host",
                        "status",
                        "why",
                        "labels",
                        "replay");
    }

    @Test
    void shouldExplainEverySettingOfAProcessWithItsDefaultAndKey() {
        assertThat(run("watcher", "--help")).isZero();

        assertThat(out.toString())
                .contains("--bootstrap-servers")
                .contains("127.0.0.1:9092")
                .contains("SIGNALBOX_BOOTSTRAP_SERVERS");
    }

    @Test
    void shouldListLabelsByAPartOfTheirName() {
        assertThat(run("labels", "check.*TERVAL")).isZero();

        assertThat(out.toString().lines().findFirst().orElse(""))
                .startsWith("signalbox.check.interval = duration");
        assertThat(out.toString()).contains("Example: signalbox.check.interval=5s");
        assertThat(out.toString().lines().filter(line -> line.startsWith("signalbox."))).hasSize(1);
    }

    @Test
    void shouldListAllLabels() {
        assertThat(run("labels")).isZero();

        assertThat(out.toString())
                .contains("signalbox.enable = true or false", "needs a reload", "at run time");
    }

    @Test
    void shouldNameTheLabelThatIsProbablyMeant() {
        assertThat(run("labels", "signalbox.blance")).isEqualTo(1);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "signalbox labels: no label is called signalbox.blance; did you mean"
                                + " signalbox.balance?");
    }

    @Test
    void shouldNameAnUnknownOption() {
        assertThat(run("topics", "--bootstrap-server", "x:1")).isEqualTo(2);

        assertThat(err.toString()).contains("--bootstrap-server");
    }

    @Test
    void shouldReplayOnlyToCheck() {
        assertThat(run("replay")).isEqualTo(2);
    }

    @Test
    void shouldRefuseToReplayWhereNoBrokerAnswers() {
        assertThat(run("replay", "--check", "--bootstrap-servers", "broker.invalid:1"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("broker.invalid:1 (--bootstrap-servers)");
    }

    @Test
    void shouldSayInOneLineThatAReplayHasNoBroker() {
        assertThat(run("replay", "--check", "--bootstrap-servers", "127.0.0.1:1")).isEqualTo(2);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("signalbox replay: no broker answers at 127.0.0.1:1 (")
                .endsWith("): start it, or name another (--bootstrap-servers)");
    }

    @Test
    void shouldAskForACommand() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString()).contains("a command is missing").contains("Usage: signalbox");
    }

    @Test
    void shouldSayInOneLineWhatFailed() {
        assertThat(run("status", "--api-url", "http://127.0.0.1:1")).isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("signalbox status: ")
                .contains("http://127.0.0.1:1", "cannot be reached");
    }

    @Test
    void shouldAdoptNoOtherTopicThanThatOfTheFacts() {
        assertThat(run("topics", "--adopt", "proxy-groups")).isEqualTo(2);

        assertThat(err.toString()).contains("--adopt must be container-events", "proxy-groups");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topics",
                "topics --adopt container-events",
                "group list",
                "group show edge",
                "group apply GROUP",
                "group accept edge",
                "group delete edge",
                "host expire h1"
            })
    void shouldSayInOneLineThatNoBrokersNameCanBeResolved(String command, @TempDir Path directory)
            throws IOException {
        Path group = Files.writeString(directory.resolve("group.yaml"), "name: edge\n");
        List<String> arguments =
                new ArrayList<>(List.of(command.replace("GROUP", group.toString()).split(" ")));
        arguments.addAll(List.of("--bootstrap-servers", "broker.invalid:9092"));

        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .matches(
                        "signalbox [a-z ]+: no broker's name can be resolved: broker.invalid:9092"
                                + " \\(--bootstrap-servers\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics", "host expire h1"})
    void shouldSayInOneLineWhereNoBrokerAnswers(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--bootstrap-servers", "127.0.0.1:1"));

        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .endsWith(": no broker answers at 127.0.0.1:1 (--bootstrap-servers)");
    }

    @Test
    void shouldRefuseTwoDefinitionsOfOneGroup(@TempDir Path directory) throws IOException {
        Path one = Files.writeString(directory.resolve("one.yaml"), "name: edge\n");
        Path other = Files.writeString(directory.resolve("other.yaml"), "name: edge\nspares: 5\n");

        assertThat(run("group", "apply", one.toString(), other.toString())).isEqualTo(2);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "signalbox group apply: group edge is defined by more than one file");
    }

    @Test
    void shouldSayWhichBrokerAnExportWaitedFor(@TempDir Path directory) {
        assertThat(
                        run(
                                "export",
                                "--once",
                                "--patience",
                                "1s",
                                "--template",
                                directory.resolve("template").toString(),
                                "--dest",
                                directory.resolve("file").toString(),
                                "--bootstrap-servers",
                                "broker.invalid:9092"))
                .isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("does a broker answer at broker.invalid:9092 (--bootstrap-servers)?");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Signalbox.commandLine();
        return commandLine
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
