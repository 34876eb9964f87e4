package io.signalbox.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.dialects.Probe.App;
import io.signalbox.schemas.GroupDefinition.Selector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example of the page about moving here, before and after, through a real HAProxy. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MigratingIT {
    private static final Path PAGE = Path.of("../docs/migrating.md");
    private static final List<String> STANDARD = Selector.EVERYTHING.followed();
    private static final String NGINX_PROXY = "nginx-proxy";

    /** Whose services get every request, so that each has an HAProxy of its own. */
    private static final Set<String> EVERYTHING =
            Set.of("an image that polls DNS", "confd and etcd");

    /** Of whose containers nothing is read: they say nothing, or what no container may say. */
    private static final Set<String> NOT_READ =
            Set.of(
                    "caddy-docker-proxy",
                    "EasyHAProxy",
                    "an image that polls DNS",
                    "confd and etcd");

    @TempDir private static Path keysDirectory;
    private static Certified keys;

    @TempDir private Path directory;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = new Certified(keysDirectory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "3.0"})
    void shouldServeEachExampleBeforeAndAfterAlike(String version) throws Exception {
        List<Example> examples = Example.of(Files.readString(PAGE));
        assertThat(examples).hasSize(9);
        List<Probe> before =
                examples.stream()
                        .filter(one -> !one.from().equals(NGINX_PROXY))
                        .map(one -> one.asItStood(!NOT_READ.contains(one.from())))
                        .toList();
        List<Probe> ofNginxProxy =
                examples.stream()
                        .filter(one -> one.from().equals(NGINX_PROXY))
                        .map(one -> one.asItStood(true))
                        .toList();
        List<Probe> after =
                examples.stream()
                        .filter(one -> !EVERYTHING.contains(one.from()))
                        .map(Example::rewritten)
                        .toList();
        Trial trial = new Trial(directory, keys);
        List<Callable<List<String>>> trials = new ArrayList<>();
        trials.add(() -> trial.failed(version, STANDARD, before));
        trials.add(() -> trial.failed(version, List.of("signalbox", NGINX_PROXY), ofNginxProxy));
        trials.add(() -> trial.failed(version, STANDARD, after));
        examples.stream()
                .filter(one -> EVERYTHING.contains(one.from()))
                .map(one -> List.of(one.rewritten()))
                .forEach(one -> trials.add(() -> trial.failed(version, STANDARD, one)));

        List<List<String>> failed = Trial.all(trials);

        assertThat(failed).allSatisfy(some -> assertThat(some).isEmpty());
    }

    @Test
    void shouldReadNothingOfWhoseWordsAreNotRead() throws IOException {
        assertThat(Example.of(Files.readString(PAGE)))
                .filteredOn(one -> NOT_READ.contains(one.from()))
                .hasSize(4)
                .flatExtracting(Example::before)
                .allSatisfy(app -> assertThat(Containers.declared(app).declarations()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "3.0"})
    void shouldServeFilesOfTwoPredecessorsBesideNativeLabelsInOneGroup(String version)
            throws Exception {
        List<App> apps = new ArrayList<>();
        for (String name : List.of("dockercloud.yml", "docker-flow.yml", "native.yml")) {
            apps.addAll(ComposeText.apps(resource(name)));
        }
        Probe probe =
                new Probe(
                        "side by side",
                        "side-by-side",
                        apps,
                        resource("requests.txt").lines().map(Example::request).toList(),
                        false);

        assertThat(new Trial(directory, keys).failed(version, STANDARD, List.of(probe))).isEmpty();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        MigratingIT.class.getResourceAsStream("/side-by-side/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
