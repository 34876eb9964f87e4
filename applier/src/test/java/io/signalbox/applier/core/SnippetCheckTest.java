package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.template.PebbleTemplates;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Snippets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnippetCheckTest {

    private static final Frame PLAIN =
            new Frame(List.of(), List.of(), List.of(), List.of(), List.of(), null, "2.6", false);
    private static final Frame WITH = PLAIN.with(global("maxconn 7"));

    private static Snippets global(String line) {
        return new Snippets(List.of(line), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static Service service(String... snippet) {
        return new Service(
                "web",
                List.of("    balance first"),
                new ServerOptions(0, 1, 1),
                List.of(),
                List.of(),
                List.of(),
                Policy.NONE,
                List.of(snippet),
                LiveOptions.NONE);
    }

    private static Desired desired(boolean allowed) {
        Desired desired =
                new Desired(
                        new AddressChoice(new Reach("h", List.of()), true),
                        new SnippetCheck("edge", allowed));
        accept(desired, "frame", PLAIN);
        accept(desired, "service/web", service());
        return desired;
    }

    private static void accept(Desired desired, String name, Content content) {
        desired.accept(Map.of(name, new Part(name, 1, 1, content)), false);
    }

    private static List<String> webText(Desired desired) {
        return java.util.Objects.requireNonNull(
                        desired.wanted(new Version(1, 1)).services().get("web"))
                .backend();
    }

    @Test
    void shouldKeepWhatItHasWhereSnippetsAreNotTaken() {
        Desired desired = desired(false);

        accept(desired, "frame", WITH);
        accept(desired, "service/web", service("http-reuse always"));

        assertThat(desired.wanted(new Version(1, 1)).frame()).isEqualTo(PLAIN);
        assertThat(webText(desired)).containsExactly("    balance first");
        assertThat(desired.leftOut())
                .extracting(Note::subject)
                .containsExactlyInAnyOrder("frame", "web");
        assertThat(desired.leftOut())
                .allSatisfy(
                        note ->
                                assertThat(note.message())
                                        .contains("the group edge has snippets")
                                        .contains("does not take them")
                                        .contains("--allow-snippets"));
    }

    @Test
    void shouldGoOnWithTheLinesOnDiskWhereTheyAreTakenNoMore() {
        Desired desired = desired(false);
        desired.begin(new Wanted(new Version(1, 1), WITH, new TreeMap<>()));

        accept(desired, "frame", PLAIN.with(global("maxconn 8")));
        assertThat(desired.wanted(new Version(1, 1)).frame()).isEqualTo(WITH);

        accept(desired, "frame", PLAIN);
        assertThat(desired.wanted(new Version(1, 1)).frame()).isEqualTo(PLAIN);
    }

    @Test
    void shouldTakeSnippetsWhereTheyAreAllowed() {
        Desired desired = desired(true);

        accept(desired, "frame", WITH);
        accept(desired, "service/web", service("http-reuse always"));

        assertThat(desired.wanted(new Version(1, 1)).frame()).isEqualTo(WITH);
        assertThat(webText(desired)).containsExactly("    balance first", "    http-reuse always");
        assertThat(desired.leftOut()).isEmpty();
    }

    @Test
    void shouldRefuseWhatSteersSignalboxWhoeverWroteIt() {
        Desired desired = desired(true);

        accept(desired, "frame", PLAIN.with(global("stats socket /tmp/s level admin")));
        accept(desired, "service/web", service("server x 10.0.0.1:80"));

        assertThat(desired.wanted(new Version(1, 1)).frame()).isEqualTo(PLAIN);
        assertThat(webText(desired)).containsExactly("    balance first");
        assertThat(desired.leftOut()).hasSize(2);
    }

    private static Frame template(String text) {
        return PLAIN.with(
                Snippets.NONE.withTemplates(
                        List.of(new Snippets.Named("global", text.lines().toList()))));
    }

    private static Desired withTemplates() {
        Desired desired =
                new Desired(
                        new AddressChoice(new Reach("h", List.of()), true),
                        new SnippetCheck("edge", true),
                        PebbleTemplates.pure());
        accept(desired, "service/web", service());
        return desired;
    }

    @Test
    void shouldFillInWhatATemplateGivesOfTheServicesThatThereAre() {
        Desired desired = withTemplates();
        accept(desired, "frame", template("# no line\n\n  maxconn {{ services | length }}"));

        assertThat(desired.wanted(new Version(1, 1)).frame())
                .isEqualTo(PLAIN.with(global("maxconn 1")));

        desired.accept(
                Map.of("service/web", new Part("service/web", 1, 2, new ConfigRecord.Removed())),
                false);

        assertThat(desired.wanted(new Version(1, 2)).frame())
                .isEqualTo(PLAIN.with(global("maxconn 0")));
        assertThat(desired.leftOut()).isEmpty();
    }

    @Test
    void shouldKeepTheLastGoodFrameWhileATemplateFails() {
        Desired desired = withTemplates();
        accept(desired, "frame", template("maxconn {{ servers('web') | length }}"));

        accept(desired, "frame", template("maxconn 1\n{{ getv('/nope') }}"));
        assertThat(desired.wanted(new Version(1, 1)).frame())
                .isEqualTo(PLAIN.with(global("maxconn 0")));
        assertThat(desired.leftOut())
                .extracting(Note::message)
                .containsExactly("snippets.templates.global:2: getv: there is no key /nope");

        accept(desired, "frame", template("stats socket /tmp/{{ group }}"));
        assertThat(desired.wanted(new Version(1, 1)).frame())
                .isEqualTo(PLAIN.with(global("maxconn 0")));
        assertThat(desired.leftOut())
                .singleElement()
                .satisfies(note -> assertThat(note.message()).contains("'stats'"));

        accept(desired, "frame", template("maxconn 7"));
        assertThat(desired.wanted(new Version(1, 1)).frame()).isEqualTo(WITH);
        assertThat(desired.leftOut()).isEmpty();
    }

    @Test
    void shouldWaitForATemplateThatNothingGoodStandsInFor() {
        Desired desired = withTemplates();

        accept(desired, "frame", template("maxconn {{ servers('gone') | length }}"));
        assertThat(desired.known()).isFalse();

        accept(desired, "frame", template("maxconn {{ servers('gone', []) | length }}"));
        assertThat(desired.known()).isTrue();
    }
}
