package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupRecord.GroupDefined;
import io.signalbox.schemas.GroupRecord.GroupWithdrawn;
import io.signalbox.schemas.Liveness.ApplierBeat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverviewTest {
    private static final ApplyResult A_RESULT =
            new ApplyResult(
                    "edge",
                    "one",
                    "host-a",
                    4,
                    2,
                    ApplyResult.Outcome.APPLIED,
                    ApplyResult.How.RUNTIME,
                    "",
                    "3.0.11",
                    new ApplyResult.Reach("host-a", List.of()),
                    "hash",
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Facts.T0,
                    Facts.T0,
                    Facts.T0);

    private final ReadModel model = new ReadModel();

    @Test
    void shouldSaySinceWhenAGroupWithAConfigurationIsWithdrawn() {
        model.configurationTopic("edge");
        model.group(new GroupDefined(group("edge")), Facts.T0);
        model.group(new GroupWithdrawn("edge"), Facts.T0.plusSeconds(5));

        assertThat(groups())
                .anySatisfy(
                        group ->
                                assertThat(group)
                                        .containsEntry("group", "edge")
                                        .containsEntry("definition", "withdrawn")
                                        .containsEntry(
                                                "withdrawnAt", Facts.T0.plusSeconds(5).toString()));
        model.group(new GroupDefined(group("edge")), Facts.T0.plusSeconds(9));
        assertThat(groups())
                .allSatisfy(group -> assertThat(group).doesNotContainKey("withdrawnAt"));
    }

    @Test
    void shouldShowTheBuiltInGroupAgainOnceItsDefinitionIsWithdrawn() {
        model.group(new GroupDefined(group(GroupDefinition.DEFAULT)), Facts.T0);
        model.group(new GroupWithdrawn(GroupDefinition.DEFAULT), Facts.T0.plusSeconds(5));

        assertThat(groups())
                .singleElement()
                .satisfies(
                        group ->
                                assertThat(group)
                                        .containsEntry("definition", "built-in")
                                        .doesNotContainKey("withdrawnAt"));
    }

    @Test
    void shouldNameTheHostsOnWhichAppliersCallThemselvesTheSame() {
        model.configurationTopic("edge");
        model.result(A_RESULT);
        model.liveness(new ApplierBeat("edge", "one", "host-a", 4, 2), Facts.T0);
        assertThat(applier()).doesNotContainKey("alike");

        model.liveness(new ApplierBeat("edge", "one", "host-b", 4, 2), Facts.T0.plusMillis(300));
        assertThat(applier()).containsEntry("alike", List.of("host-a", "host-b"));

        model.liveness(new ApplierBeat("edge", "one", "host-b", 4, 2), Facts.T0.plusSeconds(6));
        assertThat(applier()).as("it moved").doesNotContainKey("alike");
    }

    @Test
    void shouldCountTheServersThatAnApplierWaitsFor() {
        WhyScene scene = new WhyScene();
        scene.show(Facts.container(WhyScene.ID));
        scene.configure(List.of(WhyScene.server(false)));
        scene.applied(List.of("another"), List.of());
        assertThat(new Overview(scene.model).services().toString()).contains("pending=0");

        scene.applied(List.of("another", WhyScene.SERVER), List.of());

        assertThat(new Overview(scene.model).services().toString()).contains("pending=1");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> applier() {
        for (Map<String, Object> group : groups()) {
            if (group.get("appliers") instanceof List<?> appliers && !appliers.isEmpty()) {
                return (Map<String, Object>) appliers.getFirst();
            }
        }
        throw new AssertionError("no applier");
    }

    private static GroupDefinition group(String name) {
        return GroupDefinition.builtIn(name, new Listen("", 80));
    }

    @SuppressWarnings("unchecked")
    private Iterable<Map<String, Object>> groups() {
        return new Overview(model).groups().stream().map(g -> (Map<String, Object>) g).toList();
    }
}
