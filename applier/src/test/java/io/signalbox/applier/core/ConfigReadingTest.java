package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.ConfigReading.Remedy;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.ManifestHash;
import io.signalbox.schemas.PartHash;
import io.signalbox.schemas.Policy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReadingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ConfigReading reading = new ConfigReading();
    private final ManifestHash hash = new ManifestHash();
    private long offset;

    @Test
    void shouldActOnNothingBeforeTheEndThatWasFoundAtTheStart() {
        part("a", 0, 1);
        manifest(0, 1);
        assertThat(reading.take(Version.NONE)).isEmpty();

        part("b", 0, 2);
        manifest(0, 2);
        reading.reachedEnd();

        assertThat(reading.take(Version.NONE))
                .hasValueSatisfying(
                        accepted -> {
                            assertThat(accepted.version()).isEqualTo(new Version(0, 2));
                            assertThat(accepted.parts()).containsOnlyKeys("service/a", "service/b");
                            assertThat(accepted.whole()).isTrue();
                        });
        assertThat(reading.take(Version.NONE)).isEmpty();
    }

    @Test
    void shouldHandOverOnlyWhatChangedSinceTheLast() {
        reading.reachedEnd();
        part("a", 0, 1);
        manifest(0, 1);
        reading.take(Version.NONE);

        part("b", 0, 2);
        manifest(0, 2);

        Accepted accepted = reading.take(new Version(0, 1)).orElseThrow();
        assertThat(accepted.parts()).containsOnlyKeys("service/b");
        assertThat(accepted.whole()).isFalse();
    }

    @Test
    void shouldKeepTheCausesOfManifestsThatItPassedOver() {
        reading.reachedEnd();
        part("a", 0, 1);
        manifest(0, 1, 1);
        reading.take(Version.NONE);

        part("b", 0, 2);
        manifest(0, 2, 2);
        read("manifest/0", manifest(0, 3, "the hash of parts that are not there", 3));
        part("c", 0, 4);
        manifest(0, 4, 4);

        Accepted accepted = reading.take(new Version(0, 1)).orElseThrow();
        assertThat(accepted.version()).isEqualTo(new Version(0, 4));
        assertThat(accepted.manifest().causes())
                .extracting(Cause::offset)
                .containsExactly(2L, 3L, 4L);

        part("d", 0, 5);
        manifest(0, 5, 5);
        assertThat(reading.take(new Version(0, 4)).orElseThrow().manifest().causes())
                .extracting(Cause::offset)
                .containsExactly(5L);
    }

    @Test
    void shouldNeverGoBelowTheVersionInForce() {
        reading.reachedEnd();
        part("a", 0, 1);
        manifest(0, 1);

        assertThat(reading.take(new Version(0, 2))).isEmpty();
        assertThat(reading.take(new Version(0, 1))).isEmpty();

        part("b", 0, 3);
        manifest(0, 3);
        assertThat(reading.take(new Version(0, 2)).orElseThrow().parts())
                .containsOnlyKeys("service/a", "service/b");
    }

    @Test
    void shouldNotGoBackToAManifestThatOneWithoutItsPartsFollows() {
        part("a", 0, 1);
        manifest(0, 1);
        read("claim", new Claim("two"));
        read("manifest/2", manifest(2, 1, "other"));
        reading.reachedEnd();

        assertThat(reading.take(Version.NONE)).isEmpty();

        part("b", 2, 2);
        manifest(2, 2);
        assertThat(reading.take(Version.NONE).orElseThrow().parts())
                .containsOnlyKeys("service/a", "service/b");
    }

    @Test
    void shouldPassOverAFencedManifest() {
        reading.reachedEnd();
        read("claim", new Claim("one"));
        part("a", 0, 1);
        read("claim", new Claim("two"));
        manifest(0, 1);

        assertThat(reading.take(Version.NONE)).isEmpty();
    }

    @Test
    void shouldReadAgainOnceWhenPartsMatchNoManifestAndThenSaySoOnce() {
        reading.reachedEnd();
        read("manifest/0", manifest(0, 1, "other"));
        assertThat(reading.remedy(NOW)).isEqualTo(Remedy.NONE);
        Instant later = NOW.plusSeconds(1);
        assertThat(reading.remedy(later)).isEqualTo(Remedy.READ_AGAIN);

        reading.begin();
        read("manifest/0", manifest(0, 1, "other"));
        assertThat(reading.remedy(later)).isEqualTo(Remedy.NONE);
        reading.reachedEnd();
        assertThat(reading.remedy(later)).isEqualTo(Remedy.SAY_INCOMPLETE);
        assertThat(reading.remedy(later)).isEqualTo(Remedy.NONE);

        part("a", 0, 2);
        manifest(0, 2);
        assertThat(reading.take(Version.NONE)).isPresent();
        assertThat(reading.unmatched()).isNull();
    }

    private void part(String service, long epoch, long generation) {
        Service content =
                new Service(
                        service,
                        List.of(),
                        new ServerOptions(0, 1, 1),
                        List.of(),
                        List.of(),
                        List.of(),
                        Policy.NONE);
        String name = "service/" + service;
        hash.put(name, PartHash.of(content));
        read("part/" + name, new Part(name, epoch, generation, content));
    }

    private void manifest(long epoch, long generation, long... causes) {
        read("manifest/" + epoch, manifest(epoch, generation, hash.value(), causes));
    }

    private static Manifest manifest(long epoch, long generation, String hash, long... causes) {
        return new Manifest(
                "default",
                epoch,
                generation,
                hash,
                "test",
                "events",
                List.of(),
                0,
                Arrays.stream(causes)
                        .mapToObj(at -> new Cause(0, at, "host-a/c", null, NOW, NOW, NOW))
                        .toList());
    }

    private void read(String key, ConfigRecord value) {
        reading.read(offset++, key, value, NOW, NOW);
    }
}
