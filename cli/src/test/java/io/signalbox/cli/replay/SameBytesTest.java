package io.signalbox.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same facts give the same bytes, whatever the Java machine is told about the world. */
@Timeout(120)
class SameBytesTest {

    /** Hash codes of objects count up, are all 1, come from addresses, or are random. */
    private static final List<List<String>> FLAGS =
            List.of(
                    List.of("-XX:hashCode=3", "-Duser.language=en", "-Duser.timezone=UTC"),
                    List.of(
                            "-XX:hashCode=2",
                            "-Duser.language=tr",
                            "-Duser.country=TR",
                            "-Duser.timezone=Pacific/Chatham"),
                    List.of(
                            "-XX:hashCode=4",
                            "-Duser.language=ar",
                            "-Duser.country=EG",
                            "-Duser.timezone=America/St_Johns",
                            "-Dfile.encoding=COMPAT",
                            "-XX:+UseParallelGC"),
                    List.of(
                            "-XX:hashCode=0",
                            "-Duser.language=th",
                            "-Duser.country=TH",
                            "-Duser.timezone=Asia/Kathmandu",
                            "-XX:TieredStopAtLevel=1"));

    @Test
    void shouldWriteTheSameBytesUnderAnyFlags() throws Exception {
        List<String> digests = new ArrayList<>();
        for (List<String> flags : FLAGS) {
            digests.add(digest(flags));
        }

        assertThat(digests).hasSize(FLAGS.size()).containsOnly(digests.getFirst());
        assertThat(digests.getFirst()).matches("[0-9a-f]{64} [0-9]{3,}");
    }

    private static String digest(List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UnlockExperimentalVMOptions");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(LogDigest.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s", flags).isTrue();
        assertThat(process.exitValue()).as("%s", flags).isZero();
        return output.strip();
    }
}
