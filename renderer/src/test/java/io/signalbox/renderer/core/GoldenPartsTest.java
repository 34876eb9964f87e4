package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.PartHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A small group's parts, compared as a whole with a file. {@code -Dsignalbox.golden=write} writes
 * the file anew.
 */
class GoldenPartsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/parts.txt");

    @Test
    void shouldRenderTheGoldenParts() throws Exception {
        Rig rig = new Rig();
        NetworkAttachment front =
                new NetworkAttachment("n-front", "front", "172.20.0.3", null, false);
        rig.take(
                A.container("aaaaaaaaaaaaaaaa")
                        .of("shop.web", A.route("shop.example"), A.route("shop.example", "/img"))
                        .networks(front)
                        .publishes(80, "0.0.0.0", 8080)
                        .shownAt(1)
                        .at(1),
                A.container("bbbbbbbbbbbbbbbb")
                        .of("shop.web", A.route("shop.example"), A.route("shop.example", "/img"))
                        .on("h2", 1)
                        .stopping()
                        .shownAt(2)
                        .at(2),
                A.container("cccccccccccccccc")
                        .of("intruder", A.route("shop.example"))
                        .shownAt(3)
                        .at(3),
                A.container("dddddddddddddddd")
                        .of("metrics", 9100, null, java.util.List.of("default"), A.route("", "/m"))
                        .networks()
                        .mode(NetworkMode.Kind.HOST, "")
                        .at(4),
                A.container("eeeeeeeeeeeeeeee")
                        .of("asleep", A.route("asleep.example"))
                        .state(State.PAUSED)
                        .at(5));

        String text = text(rig.contents());
        if ("write".equals(System.getProperty("signalbox.golden"))) {
            Files.writeString(GOLDEN, text, StandardCharsets.UTF_8);
        }

        assertThat(text).isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
    }

    private static String text(Map<String, Content> contents) {
        StringBuilder text = new StringBuilder();
        contents.forEach(
                (name, content) -> {
                    text.append("part ").append(name).append('\n');
                    text.append("  hash ").append(PartHash.of(content)).append('\n');
                    append(text, content);
                });
        return text.toString();
    }

    private static void append(StringBuilder text, Content content) {
        switch (content) {
            case ConfigRecord.Removed _ -> lines(text, "removed");
            case ConfigRecord.Frame frame -> {
                frame.global().forEach(line -> lines(text, "global   " + line));
                frame.defaults().forEach(line -> lines(text, "defaults " + line));
                frame.sections().forEach(line -> lines(text, "section  " + line));
                frame.spares().forEach(spare -> lines(text, spare.toString()));
                lines(text, frame.entryPoints().toString());
            }
            case ConfigRecord.Service service -> {
                service.backend().forEach(line -> lines(text, "backend " + line));
                lines(text, service.serverOptions().toString());
                service.servers().forEach(server -> lines(text, server.toString()));
                service.routes().forEach(route -> lines(text, route.toString()));
                service.notes().forEach(note -> lines(text, note.toString()));
            }
        }
    }

    private static void lines(StringBuilder text, String line) {
        text.append("  ").append(line).append('\n');
    }
}
