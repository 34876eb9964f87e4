package io.signalbox.cli.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.group.KnownGroups.BuiltIn;
import io.signalbox.cli.group.KnownGroups.Defined;
import io.signalbox.cli.group.KnownGroups.Withdrawn;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupRecord.GroupDefined;
import io.signalbox.schemas.GroupRecord.GroupWithdrawn;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownGroupsTest {
    private static final Listen ELSEWHERE = new Listen("127.0.0.1", 8080);
    private static final Frame FRAME =
            new Frame(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(new EntryPoint("http", ELSEWHERE)),
                    null,
                    "2.6",
                    false);

    private final KnownGroups groups = new KnownGroups();

    @Test
    void shouldKnowTheBuiltInGroupWithoutWhereItListensUntilItIsRendered() {
        assertThat(groups.all())
                .containsOnlyKeys("default")
                .containsEntry("default", new BuiltIn(Optional.empty()));
    }

    @Test
    void shouldShowTheBuiltInGroupAsItIsRendered() {
        groups.rendered(FRAME);

        GroupDefinition definition =
                Objects.requireNonNull(groups.all().get("default")).definition().orElseThrow();
        assertThat(definition.entryPoints()).containsExactly(new EntryPoint("http", ELSEWHERE));
        assertThat(definition.statistics()).isNull();
        assertThat(definition.accessLog()).isFalse();
    }

    @Test
    void shouldShowADefinitionAndTheBuiltInGroupAgainOnceThatIsWithdrawn() {
        GroupDefinition own = GroupDefinition.builtIn("default", new Listen("", 81));
        groups.rendered(FRAME);
        groups.read(new GroupDefined(own));
        assertThat(groups.all()).containsEntry("default", new Defined(own));

        groups.read(new GroupWithdrawn("default"));

        assertThat(groups.all().get("default")).isInstanceOf(BuiltIn.class);
    }

    @Test
    void shouldRememberAWithdrawnGroupUntilItIsDefinedAgain() {
        GroupDefinition edge = GroupDefinition.builtIn("edge", new Listen("", 81));
        groups.read(new GroupDefined(edge));
        groups.read(new GroupWithdrawn("edge"));
        assertThat(groups.all()).containsEntry("edge", new Withdrawn());

        groups.read(new GroupDefined(edge));

        assertThat(groups.all()).containsEntry("edge", new Defined(edge));
    }
}
