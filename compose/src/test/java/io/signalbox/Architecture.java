package io.signalbox;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The borders between modules and inside them, as rules over compiled classes. */
final class Architecture {
    private static final String ROOT = "io.signalbox.";

    /** What each module's code may use of the others. Process modules do not know each other. */
    private static final Map<String, Set<String>> MODULES =
            Map.of(
                    "schemas", Set.of(),
                    "haproxy", Set.of("schemas"),
                    "process", Set.of("schemas"),
                    "watcher", Set.of("schemas", "haproxy", "process"),
                    "registry", Set.of("schemas", "haproxy", "process"),
                    "renderer", Set.of("schemas", "haproxy", "process"),
                    "applier", Set.of("schemas", "haproxy", "process"));

    private static final String[] PURE = {"io.signalbox..core..", "io.signalbox.haproxy.."};

    /** Packages whose every type is a value or a function of values, but for those named below. */
    private static final String[] PURE_PACKAGES = {
        "io.signalbox..core..",
        "io.signalbox.haproxy..",
        "java.lang",
        "java.lang.annotation",
        "java.lang.constant",
        "java.lang.invoke",
        "java.lang.runtime",
        "java.math",
        "java.nio",
        "java.nio.charset",
        "java.text",
        "java.time..",
        "java.util",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "org.jspecify.annotations"
    };

    /** Single types that a pure core may use besides. */
    private static final Set<String> PURE_TYPES =
            Set.of(
                    // What a port throws whose other side is away.
                    "java.io.IOException",
                    "java.io.Serializable",
                    "java.net.Inet4Address",
                    "java.net.Inet6Address",
                    "java.net.InetAddress",
                    "java.security.MessageDigest",
                    "java.security.NoSuchAlgorithmException",
                    "java.security.GeneralSecurityException",
                    "java.util.concurrent.TimeUnit",
                    "java.util.zip.CRC32C",
                    "org.apache.commons.codec.digest.Sha2Crypt",
                    "org.snakeyaml.engine.v2.api.LoadSettings",
                    "org.snakeyaml.engine.v2.api.LoadSettingsBuilder",
                    "org.snakeyaml.engine.v2.api.lowlevel.Parse",
                    "org.snakeyaml.engine.v2.common.ScalarStyle",
                    "org.snakeyaml.engine.v2.events.Event",
                    "org.snakeyaml.engine.v2.events.Event$ID",
                    "org.snakeyaml.engine.v2.events.ScalarEvent",
                    "org.snakeyaml.engine.v2.exceptions.YamlEngineException");

    /**
     * Types of those packages that reach a clock, chance, a thread, the machine or its settings.
     */
    private static final Set<String> IMPURE_TYPES =
            Set.of(
                    "java.lang.Process",
                    "java.lang.ProcessBuilder",
                    "java.lang.ProcessHandle",
                    "java.lang.Runtime",
                    "java.lang.Thread",
                    "java.lang.ThreadLocal",
                    "java.time.Clock",
                    "java.time.InstantSource",
                    "java.util.Random",
                    "java.util.Scanner",
                    "java.util.ServiceLoader",
                    "java.util.SplittableRandom",
                    "java.util.Timer",
                    "java.util.TimerTask");

    /** Methods of pure types that nevertheless read a clock, chance, or the machine. */
    private static final Map<String, Set<String>> IMPURE_METHODS =
            Map.of(
                    "java.lang.System",
                    Set.of(
                            "currentTimeMillis",
                            "nanoTime",
                            "getenv",
                            "getProperty",
                            "getProperties",
                            "getLogger",
                            "exit",
                            "setProperty"),
                    "java.lang.Math",
                    Set.of("random"),
                    "java.net.InetAddress",
                    Set.of(
                            "getByName",
                            "getAllByName",
                            "getLocalHost",
                            "getHostName",
                            "getCanonicalHostName",
                            "isReachable"),
                    "java.util.UUID",
                    Set.of("randomUUID"),
                    "java.util.Collections",
                    Set.of("shuffle"),
                    "java.util.Locale",
                    Set.of("getDefault"),
                    "java.time.ZoneId",
                    Set.of("systemDefault"));

    private static final Set<String> NO_SKIPPING =
            Set.of(
                    "org.junit.jupiter.api.Assumptions",
                    "org.junit.jupiter.api.Disabled",
                    "org.assertj.core.api.Assumptions");

    private Architecture() {}

    static ArchRule coresArePure() {
        return classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat(purePackageOrType())
                .andShould(not(accessTargetWhere(impureAccess())))
                .as("a core has only values: no files, sockets, logs, clock, chance or threads");
    }

    static List<ArchRule> modulesKeepTheirBorders() {
        return MODULES.entrySet().stream()
                .map(module -> border(module.getKey(), module.getValue()))
                .toList();
    }

    static ArchRule onlySchemasNamesAvro() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.signalbox.schemas..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.avro..", "io.signalbox.schemas.avro..")
                .as("only schemas names Avro");
    }

    static ArchRule noTestIsSkipped() {
        return noClasses()
                .should()
                .dependOnClassesThat(
                        describe(
                                "skip tests",
                                type ->
                                        NO_SKIPPING.contains(type.getName())
                                                || type.getPackageName()
                                                        .equals("org.junit.jupiter.api.condition")))
                .as("no test is disabled or assumed away");
    }

    static ArchRule nothingIsMocked() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.mockito..", "org.easymock..", "org.jmock..", "org.powermock..")
                .as("fakes are written by hand");
    }

    private static ArchRule border(String module, Set<String> others) {
        String[] allowed =
                Stream.concat(Stream.of(module), others.stream())
                        .map(name -> ROOT + name + "..")
                        .toArray(String[]::new);
        DescribedPredicate<JavaClass> foreign =
                resideInAPackage("io.signalbox..")
                        .and(DescribedPredicate.not(resideInAnyPackage(allowed)));
        return noClasses()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat(foreign)
                .allowEmptyShould(true)
                .as(module + " depends on nothing of ours but " + Arrays.toString(allowed));
    }

    /** The records of {@code schemas} are values too; what lies in packages below it is not. */
    private static DescribedPredicate<JavaClass> purePackageOrType() {
        DescribedPredicate<JavaClass> pure =
                resideInAnyPackage(PURE_PACKAGES).or(resideInAPackage("io.signalbox.schemas"));
        return describe(
                "are values or functions of values",
                type -> {
                    JavaClass base = type.getBaseComponentType();
                    return base.isPrimitive()
                            || PURE_TYPES.contains(base.getName())
                            || (pure.test(base) && !IMPURE_TYPES.contains(outermost(base)));
                });
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static DescribedPredicate<JavaAccess<?>> impureAccess() {
        return describe(
                "a clock, chance or the machine",
                access -> {
                    String owner = access.getTargetOwner().getName();
                    String name = access.getTarget().getName();
                    return IMPURE_METHODS.getOrDefault(owner, Set.of()).contains(name)
                            || (owner.startsWith("java.time.") && name.equals("now"))
                            || (owner.equals("java.lang.System")
                                    && Set.of("in", "out", "err").contains(name));
                });
    }
}
