package io.signalbox.planted;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The ways to skip a test. None of these is found by the test run: no method is a test. */
public final class SkippedTests {
    private SkippedTests() {}

    /** By annotation. */
    @org.junit.jupiter.api.Disabled
    public static final class Disabled {}

    /** By condition. */
    @EnabledOnOs(OS.LINUX)
    public static final class OnOneSystem {}

    /** By assumption. */
    public static final class AssumedAway {
        void assume() {
            Assumptions.assumeTrue(false);
        }
    }
}
