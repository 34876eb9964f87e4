package io.signalbox.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.doctor.Finding.State;
import io.signalbox.cli.group.KnownGroups.Defined;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
    private static final GroupDefinition EDGE =
            GroupDefinition.builtIn("edge", new Listen("192.0.2.1", 80));

    @Test
    void shouldFindADefinitionThatThisVersionWouldNotTake() {
        GroupDefinition wrong = GroupDefinition.builtIn("edge", new Listen("192.0.2.1", 70_000));

        assertThat(Definitions.of(Map.of("edge", new Defined(wrong)), Set.of("edge")))
                .isNotEmpty()
                .allSatisfy(
                        finding -> {
                            assertThat(finding.state()).isEqualTo(State.FAIL);
                            assertThat(finding.line()).contains("edge", "signalbox group apply");
                        });
    }

    @Test
    void shouldSayWhereAGroupListensAndMissItsTopic() {
        List<Finding> findings = Definitions.of(Map.of("edge", new Defined(EDGE)), Set.of());

        assertThat(findings).extracting(Finding::state).containsExactly(State.OK, State.FAIL);
        assertThat(findings.getFirst().line()).contains("listens on 192.0.2.1:80");
        assertThat(findings.getLast().line()).contains("has no topic");
    }
}
