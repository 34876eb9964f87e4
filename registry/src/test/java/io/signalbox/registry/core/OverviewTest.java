package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupRecord.GroupDefined;
import io.signalbox.schemas.GroupRecord.GroupWithdrawn;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverviewTest {
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

    private static GroupDefinition group(String name) {
        return GroupDefinition.builtIn(name, new Listen("", 80));
    }

    @SuppressWarnings("unchecked")
    private Iterable<Map<String, Object>> groups() {
        return new Overview(model).groups().stream().map(g -> (Map<String, Object>) g).toList();
    }
}
