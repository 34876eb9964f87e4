package io.signalbox.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Held;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.GroupView.ClaimRead;
import io.signalbox.schemas.GroupView.FencedRead;
import io.signalbox.schemas.GroupView.ManifestRead;
import io.signalbox.schemas.GroupView.PartRead;
import io.signalbox.schemas.GroupView.Read;
import io.signalbox.schemas.GroupView.TombstoneRead;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GroupViewTest {
    private final GroupView view = new GroupView();
    private long offset;

    @Test
    void shouldMatchAManifestOverTheNewestPartOfEachName() {
        claim();
        part(0, "service/a", service("a", "old"));
        part(0, "service/a", service("a", "new"));
        part(0, "service/b", service("b", "x"));

        Read read =
                manifest(
                        0,
                        hashOf(
                                Map.of(
                                        "service/a", service("a", "new"),
                                        "service/b", service("b", "x"))));

        assertThat(read).isInstanceOf(ManifestRead.class);
        assertThat(((ManifestRead) read).matches()).isTrue();
        assertThat(((ManifestRead) read).changed()).containsOnlyKeys("service/a", "service/b");
        assertThat(content(((ManifestRead) read).changed(), "service/a"))
                .isEqualTo(service("a", "new"));
    }

    @Test
    void shouldSayOnlyWhatChangedSinceTheLastManifestThatMatched() {
        claim();
        part(0, "service/a", service("a", "1"));
        manifest(0, hashOf(Map.of("service/a", service("a", "1"))));
        part(0, "service/b", service("b", "1"));
        manifest(0, "not the hash");
        part(0, "service/a", new Removed());

        ManifestRead read =
                (ManifestRead) manifest(0, hashOf(Map.of("service/b", service("b", "1"))));

        assertThat(read.matches()).isTrue();
        assertThat(read.changed()).containsOnlyKeys("service/a", "service/b");
        assertThat(content(read.changed(), "service/a")).isInstanceOf(Removed.class);
    }

    @Test
    void shouldNotMatchWhileAPartIsMissing() {
        claim();
        part(0, "service/a", service("a", "1"));

        ManifestRead read =
                (ManifestRead)
                        manifest(
                                0,
                                hashOf(
                                        Map.of(
                                                "service/a", service("a", "1"),
                                                "service/b", service("b", "1"))));

        assertThat(read.matches()).isFalse();
        assertThat(read.changed()).isEmpty();
    }

    @Test
    void shouldFenceARecordOnlyAfterAHigherClaim() {
        long first = claim();
        Read before = part(first, "service/a", service("a", "before"));
        long second = claim();
        Read after = part(first, "service/a", service("a", "zombie"));

        assertThat(before).isInstanceOf(PartRead.class);
        assertThat(after).isEqualTo(new FencedRead("part/service/a", first, second));
        assertThat(content(view.parts(), "service/a")).isEqualTo(service("a", "before"));
    }

    @Test
    void shouldFenceALateManifest() {
        long first = claim();
        part(first, "service/a", service("a", "1"));
        String hash = view.hash();
        claim();

        assertThat(manifest(first, hash)).isInstanceOf(FencedRead.class);
        assertThat(view.manifest()).isNull();
    }

    @Test
    void shouldNameKeysWhoseLastRecordIsNotTheAcceptedOne() {
        long first = claim();
        part(first, "service/a", service("a", "1"));
        long second = claim();
        part(first, "service/a", service("a", "zombie"));
        part(first, "service/never", service("never", "zombie"));
        assertThat(view.overwritten()).containsExactly("part/service/a", "part/service/never");

        part(second, "service/a", service("a", "1"));
        part(second, "service/never", new Removed());

        assertThat(view.overwritten()).isEmpty();
    }

    @Test
    void shouldTakeATombstoneOnlyAfterRemoved() {
        claim();
        part(0, "service/a", service("a", "1"));
        assertThat(view.read(offset++, "part/service/a", null))
                .isEqualTo(new TombstoneRead("part/service/a", false));
        assertThat(view.parts()).containsKey("service/a");
        assertThat(view.overwritten()).containsExactly("part/service/a");

        part(0, "service/a", new Removed());
        assertThat(view.read(offset++, "part/service/a", null))
                .isEqualTo(new TombstoneRead("part/service/a", true));
        assertThat(view.parts()).isEmpty();
        assertThat(view.overwritten()).isEmpty();
    }

    @Test
    void shouldNotCountRemovedPartsInTheHash() {
        claim();
        part(0, "service/a", service("a", "1"));
        part(0, "service/a", new Removed());

        assertThat(view.hash()).isEqualTo(hashOf(Map.of()));
    }

    @Test
    void shouldKeepTheShrinkGuardsWordOfTheOwnerOnly() {
        long first = claim();
        long second = claim();
        Held own = new Held(second, 1, 3, 4, "why");
        view.read(offset++, "held", own);
        view.read(offset++, "held", new Held(first, 9, 0, 0, ""));

        assertThat(view.held()).isEqualTo(own);
    }

    @Test
    void shouldRememberWhichManifestsStandInTheTopic() {
        long first = claim();
        manifest(first, "x");
        long second = claim();
        manifest(second, "x");
        view.read(offset++, "manifest/" + first, null);

        assertThat(view.manifestEpochs()).containsExactly(second);
    }

    @Test
    void shouldKeepTheHighestClaim() {
        long first = claim();

        assertThat(view.claim()).isEqualTo(first);
        assertThat(view.read(7, "claim", new Claim("other"))).isEqualTo(new ClaimRead(7, "other"));
        assertThat(view.claim()).isEqualTo(7);
        assertThat(view.nextOffset()).isEqualTo(8);
    }

    private long claim() {
        view.read(offset, "claim", new Claim("renderer"));
        return offset++;
    }

    private Read part(long epoch, String name, Content content) {
        return view.read(offset++, "part/" + name, new Part(name, epoch, 1, content));
    }

    private Read manifest(long epoch, String hash) {
        return view.read(
                offset++,
                "manifest/" + epoch,
                new Manifest("g", epoch, 1, hash, "v", "t", List.of(), 0, List.of()));
    }

    private static Content content(Map<String, Part> parts, String name) {
        return Objects.requireNonNull(parts.get(name)).content();
    }

    private static String hashOf(Map<String, Content> parts) {
        ManifestHash hash = new ManifestHash();
        parts.forEach((name, content) -> hash.put(name, PartHash.of(content)));
        return hash.value();
    }

    private static Service service(String name, String line) {
        return new Service(
                name,
                List.of(line),
                new ServerOptions(2000, 3, 1),
                List.of(),
                List.of(),
                List.of(),
                Policy.NONE);
    }
}
