package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import io.signalbox.planted.NamesAvro;
import io.signalbox.planted.SkippedTests;
import io.signalbox.planted.core.ImpureCores;
import io.signalbox.watcher.planted.UsesAnotherProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the rules of {@link Architecture} over every module, and shows that each can fail. */
@TestInstance(Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final List<String> MODULES =
            List.of(
                    "schemas",
                    "haproxy",
                    "process",
                    "watcher",
                    "registry",
                    "renderer",
                    "applier",
                    "cli",
                    "bench",
                    "compose");

    private final JavaClasses production = classesBelow("classes");
    private final JavaClasses tests = classesBelow("test-classes");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schemas",
                "haproxy",
                "process",
                "watcher",
                "registry",
                "renderer",
                "applier",
                "cli"
            })
    void shouldSeeTheClassesOfEachModule(String module) {
        assertThat(
                        production.stream()
                                .anyMatch(
                                        type ->
                                                type.getPackageName()
                                                        .startsWith("io.signalbox." + module)))
                .isTrue();
    }

    @Test
    void shouldKeepCoresPure() {
        Architecture.coresArePure().check(production);
    }

    @ParameterizedTest
    @MethodSource("borders")
    void shouldKeepTheBordersOfEachModule(ArchRule border) {
        border.check(production);
    }

    static List<ArchRule> borders() {
        return Architecture.modulesKeepTheirBorders();
    }

    @Test
    void shouldNameAvroInSchemasOnly() {
        Architecture.onlySchemasNamesAvro().check(production);
        Architecture.onlySchemasNamesAvro().check(tests);
    }

    @Test
    void shouldSkipNoTest() {
        Architecture.noTestIsSkipped().check(tests);
    }

    @Test
    void shouldMockNothing() {
        Architecture.nothingIsMocked().check(tests);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ImpureCores.ReadsFiles.class,
                ImpureCores.OpensSockets.class,
                ImpureCores.Logs.class,
                ImpureCores.ReadsTheClock.class,
                ImpureCores.ReadsNanoTime.class,
                ImpureCores.HoldsAClock.class,
                ImpureCores.TakesChances.class,
                ImpureCores.NamesAtRandom.class,
                ImpureCores.StartsThreads.class,
                ImpureCores.SharesBetweenThreads.class,
                ImpureCores.ReadsTheEnvironment.class,
                ImpureCores.Prints.class,
                ImpureCores.LooksUpNames.class,
                ImpureCores.KnowsKafka.class
            })
    void shouldFindAnImpureCore(Class<?> planted) {
        assertThat(isBroken(Architecture.coresArePure(), planted)).isTrue();
    }

    @Test
    void shouldFindAProcessThatUsesAnother() {
        assertThat(borders().stream().filter(border -> isBroken(border, UsesAnotherProcess.class)))
                .hasSize(1);
    }

    @Test
    void shouldFindAvroOutsideOfSchemas() {
        assertThat(isBroken(Architecture.onlySchemasNamesAvro(), NamesAvro.class)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                SkippedTests.Disabled.class,
                SkippedTests.OnOneSystem.class,
                SkippedTests.AssumedAway.class
            })
    void shouldFindASkippedTest(Class<?> planted) {
        assertThat(isBroken(Architecture.noTestIsSkipped(), planted)).isTrue();
    }

    private static boolean isBroken(ArchRule rule, Class<?> planted) {
        return rule.evaluate(new ClassFileImporter().importClasses(planted)).hasViolation();
    }

    private static JavaClasses classesBelow(String folder) {
        Path repository = Path.of("..").toAbsolutePath().normalize();
        List<Path> folders =
                MODULES.stream()
                        .map(module -> repository.resolve(module).resolve("target").resolve(folder))
                        .filter(Files::isDirectory)
                        .toList();
        return new ClassFileImporter()
                .withImportOption(ArchitectureTest::isNotPlanted)
                .importPaths(folders);
    }

    private static boolean isNotPlanted(Location location) {
        return !location.contains("/planted/");
    }
}
