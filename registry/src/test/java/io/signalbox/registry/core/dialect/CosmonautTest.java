package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Rejection;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CosmonautTest {
    private static final Containers APP =
            Containers.named("asteroid-app1")
                    .tcp(80)
                    .variable("SERVICE_NAME", "app1")
                    .variable("PORT", "8080");
    private static final Containers BY_HOST =
            APP.variable("CONFIG_MODE", "Host").variable("PREDICATE", "First.example.com");

    @Test
    void shouldServeTheArticlesService() {
        Declared declared = BY_HOST.variable("COOKIE", "JSESSIONID").declared();

        assertThat(declared.rejections()).isEmpty();
        Declaration declaration = only(declared);
        assertThat(declaration.service()).isEqualTo("app1");
        assertThat(declaration.dialect()).isEqualTo("cosmonaut");
        assertThat(declaration.port()).isEqualTo(8080);
        assertThat(declaration.routes())
                .containsExactly(new Route("default", "first.example.com", "/"));
        Policy.Sticky sticky = Objects.requireNonNull(declaration.policy().sticky());
        assertThat(sticky.cookie()).isEqualTo("JSESSIONID");
        assertThat(sticky.mode()).isEqualTo(Policy.Sticky.Mode.PREFIX);
    }

    @Test
    void shouldReadAPredicateOfModePathAsAPathsFirstElement() {
        Declared declared =
                APP.variable("CONFIG_MODE", "path").variable("PREDICATE", "service").declared();

        assertThat(only(declared).routes()).containsExactly(new Route("default", "", "/service"));
    }

    @Test
    void shouldNameWhatIsMissing() {
        Declared declared = APP.variable("PREDICATE", "a.example").declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections())
                .extracting(Rejection::key, Rejection::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "SERVICE_NAME", "a service also needs CONFIG_MODE"));
    }

    @Test
    void shouldServeNothingForAModeThatDoesNotExist() {
        Declared declared =
                APP.variable("CONFIG_MODE", "url").variable("PREDICATE", "service").declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections()).extracting(Rejection::code).containsExactly("bad-mode");
    }

    @Test
    void shouldNotTakeOtherPeoplesVariablesForCosmonauts() {
        assertThat(APP.declared()).isEqualTo(Declared.NOTHING);
    }

    @Test
    void shouldNameTheVariableWhoseValueIsBad() {
        Declared declared = BY_HOST.variable("PORT", "http").declared();

        assertThat(declared.declarations()).isEmpty();
        Rejection rejection = declared.rejections().getFirst();
        assertThat(rejection.key()).isEqualTo("PORT");
        assertThat(rejection.value()).isEqualTo("http");
        assertThat(rejection.message()).endsWith("(it became signalbox.port)");
    }

    @Test
    void shouldFollowNativeLabelsAloneWhereTheyDecide() {
        Declared declared = BY_HOST.label("signalbox.host", "native.example").declared();

        assertThat(only(declared).dialect()).isEqualTo("signalbox");
        assertThat(declared.rejections())
                .extracting(Rejection::code)
                .containsExactly("native-labels");
        assertThat(BY_HOST.label("signalbox.enable", "false").declared().declarations()).isEmpty();
        assertThat(BY_HOST.label("signalbox.enable", "fales").declared().declarations()).isEmpty();
    }

    @Test
    void shouldCompleteVariablesWithNativeLabelsThatDecideNothing() {
        Declared declared = BY_HOST.label("signalbox.group", "edge").declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(only(declared).groups()).containsExactly("edge");
    }

    private static Declaration only(Declared declared) {
        assertThat(declared.declarations()).hasSize(1);
        return declared.declarations().getFirst();
    }
}
