package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.RuntimeCommand.AddMapEntries;
import io.signalbox.haproxy.RuntimeCommand.AddMapEntry;
import io.signalbox.haproxy.RuntimeCommand.AddServer;
import io.signalbox.haproxy.RuntimeCommand.DeleteMapEntry;
import io.signalbox.haproxy.RuntimeCommand.EnableServer;
import io.signalbox.haproxy.RuntimeCommand.SetServerAddress;
import io.signalbox.haproxy.RuntimeCommand.ShowMap;
import io.signalbox.haproxy.RuntimeCommand.ShowServersState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RuntimeCommandPropertyTest {

    private static final Capabilities OLD = HaproxyVersion.of("2.6").capabilities();
    private static final ConfigPath MAP = new ConfigPath("/maps/routes");

    @Test
    void shouldNeverMakeTwoCommandsOfOne() {
        Seeded.check(
                30_000,
                random -> {
                    RuntimeCommand command;
                    try {
                        command = commandOf(random);
                    } catch (IllegalValue e) {
                        return;
                    }
                    var text =
                            new String(
                                    new RuntimeLine(List.of(command)).bytes(),
                                    StandardCharsets.US_ASCII);
                    assertThat(text).matches("[ -~]+\n").doesNotContain(";", "\\", "<<", "#");
                    assertThat(text.strip().split(" ", -1)).hasSizeLessThanOrEqualTo(18);
                });
    }

    @Test
    void shouldNeverEndAPayloadEarly() {
        Seeded.check(
                10_000,
                random -> {
                    List<MapEntry> entries;
                    try {
                        entries =
                                List.of(
                                        new MapEntry(text(random), text(random)),
                                        new MapEntry(text(random), text(random)));
                    } catch (IllegalValue e) {
                        return;
                    }
                    var command = new AddMapEntries(MAP, 1, entries);
                    var text =
                            new String(
                                    new RuntimeLine(List.of(command)).bytes(),
                                    StandardCharsets.US_ASCII);

                    assertThat(text.split("\n", -1)).hasSize(5);
                    assertThat(text).endsWith("\n\n").containsOnlyOnce("\n\n");
                });
    }

    /** Any of the commands that carry text from outside, with text that may be anything. */
    private static RuntimeCommand commandOf(Random random) {
        Supplier<Identifier> name = () -> new Identifier(text(random));
        return switch (random.nextInt(7)) {
            case 0 -> new ShowServersState(name.get());
            case 1 -> new EnableServer(name.get(), new ServiceName(text(random)).server("abc"));
            case 2 ->
                    new SetServerAddress(
                            name.get(), name.get(), new ServerAddress(text(random), 80));
            case 3 -> new AddMapEntry(MAP, new MapEntry(text(random), text(random)));
            case 4 ->
                    new AddMapEntry(
                            MAP,
                            MapEntry.route(
                                    new RouteKey(text(random), "/" + text(random)),
                                    new ServiceName(text(random))));
            case 5 -> new DeleteMapEntry(MAP, text(random));
            case 6 -> new ShowMap(new ConfigPath("/" + text(random)));
            default ->
                    new AddServer(
                            name.get(),
                            new Server(
                                    name.get(),
                                    new ServerAddress("::1", 80),
                                    1,
                                    1,
                                    CheckSettings.NONE),
                            OLD);
        };
    }

    /** Mostly harmless, so that most commands come about. */
    private static String text(Random random) {
        return random.nextInt(3) == 0 ? Seeded.nasty(random) : "a" + random.nextInt(100);
    }
}
