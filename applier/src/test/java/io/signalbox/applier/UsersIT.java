package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord.Note;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service whose users come from a list at the proxy. */
@Timeout(120)
class UsersIT {
    private static final String ANN = "ann:$5$abcd$tIzEKIjO1qqCr6oagjLFxaQj9U361xrVaCJSPJzeTo5\n";
    private static final String BOB =
            "bob:$6$abcd$inffnh87pOBvDVxuICk7/FSerzsoC84vJfy/qHN4D/"
                    + "Fa7DR1/dROFFijkWArzBJxxmCnlRGeSmi7tBlAZGXmU.\n";
    private static final List<String> BY_LIST =
            List.of(
                    "    balance roundrobin",
                    "    http-request auth realm Staff unless { http_auth(users:staff) }",
                    "    http-request del-header Authorization");

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldLetInWhoIsInTheListOfToday(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 2, true)
                    .service("a", "a.example", BY_LIST, GroupTopic.server("a", one));
            ApplyResult without = rig.awaitServing(topic.manifest());
            assertThat(status(port, "ann:one")).isEqualTo("401");
            assertThat(without.leftOut()).extracting(Note::subject).containsExactly("users/staff");
            assertThat(without.leftOut().getFirst().message()).contains("nobody comes in");

            Path list = rig.userLists().resolve("staff.htpasswd");
            Files.createDirectories(rig.userLists());
            Files.writeString(list, ANN);
            becomes(port, "ann:one", "200");
            assertThat(status(port, "ann:two")).isEqualTo("401");
            assertThat(status(port, "")).isEqualTo("401");

            Files.writeString(list, BOB + "eve:$2y$05$abcdefghijklmnopqrstuv\n");
            becomes(port, "bob:two", "200");
            assertThat(status(port, "ann:one")).isEqualTo("401");
            assertThat(status(port, "eve:x")).isEqualTo("401");

            Files.delete(list);
            becomes(port, "bob:two", "401");
        }
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldTakeUpWhatChangedWhileNoApplierRan(Path binary) throws Exception {
        int port = ApplierIT.freePort();
        try (App one = App.start()) {
            Rig first = Rig.start(binary, directory);
            Path list = first.userLists().resolve("staff.htpasswd");
            Files.createDirectories(first.userLists());
            Files.writeString(list, ANN);
            GroupTopic topic = new GroupTopic(first::offer);
            topic.frame(port, 2, true)
                    .service("a", "a.example", BY_LIST, GroupTopic.server("a", one));
            first.awaitServing(topic.manifest());
            becomes(port, "ann:one", "200");
            first.kill();

            Files.writeString(list, BOB);
            try (Rig second = Rig.start(binary, directory)) {
                topic.replay(second::offer);
                becomes(port, "ann:one", "401");
                assertThat(status(port, "bob:two")).isEqualTo("200");
            }
        }
    }

    private static void becomes(int port, String user, String status) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String last = status(port, user);
        while (!last.equals(status) && System.nanoTime() < until) {
            Thread.onSpinWait();
            last = status(port, user);
        }
        assertThat(last).isEqualTo(status);
    }

    private static String status(int port, String user) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            byte[] password = user.getBytes(StandardCharsets.UTF_8);
            String request =
                    "GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n"
                            + "Authorization: Basic "
                            + Base64.getEncoder().encodeToString(password)
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.US_ASCII).substring(9, 12);
        }
    }
}
