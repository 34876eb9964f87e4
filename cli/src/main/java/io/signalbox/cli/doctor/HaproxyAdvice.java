package io.signalbox.cli.doctor;

import io.signalbox.haproxy.HaproxyVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is known of versions of HAProxy and concerns whoever runs one: bugs that clients can make
 * use of, branches without fixes, and what Signalbox cannot do with it. What Signalbox works around
 * by itself is not here, nor are bugs in what it never configures: QUIC and HTTP/3, FastCGI,
 * converters of JSON.
 *
 * <p>Which versions have a bug is said by https://osv.dev/vulnerability/BIT-haproxy- and the year
 * and number of the CVE, of 2.6.9 by https://www.haproxy.org/download/2.6/src/CHANGELOG. A branch
 * is named only where one of them names it: older ones may have had the bug, too.
 */
final class HaproxyAdvice {

    /** The branches that Signalbox is tested with. */
    private static final Set<String> TESTED = Set.of("2.6", "3.0");

    private static final List<Bug> BUGS =
            List.of(
                    new Bug(
                            "CVE-2023-25725, request smuggling by empty header names",
                            List.of(fixed(2, 6, 9), fixed(2, 7, 3))),
                    new Bug(
                            "CVE-2023-40225, empty Content-Length headers reach servers",
                            List.of(fixed(2, 6, 15), fixed(2, 7, 10), fixed(2, 8, 2))),
                    new Bug(
                            "CVE-2023-45539, a # in a path may lead it to another service",
                            List.of(fixed(2, 8, 2))),
                    new Bug(
                            "CVE-2024-45506, an endless loop in HTTP/2 that clients can start",
                            List.of(fixed(2, 9, 10), fixed(3, 0, 4))),
                    new Bug(
                            "CVE-2026-55204, a crash by headers of HTTP/2 when memory runs out",
                            List.of(fixed(3, 4, 1))));

    private HaproxyAdvice() {}

    /**
     * A bug of HAProxy's.
     *
     * @param fixed the first version without it of each branch that had it
     */
    private record Bug(String what, List<HaproxyVersion> fixed) {}

    /** What to say of a version, the worst first; only what is well if nothing is known. */
    static List<Finding> of(String subject, HaproxyVersion version) {
        List<Finding> findings = new ArrayList<>();
        if (version.compareTo(HaproxyVersion.OLDEST) < 0) {
            findings.add(
                    Finding.fail(
                            subject,
                            "HAProxy " + version,
                            "must be at least " + HaproxyVersion.OLDEST,
                            "install HAProxy 2.6 (Debian 12), 3.0 (Debian 13) or newer"));
            return findings;
        }
        BUGS.forEach(
                bug ->
                        bug.fixed().stream()
                                .filter(fix -> has(version, fix))
                                .forEach(fix -> findings.add(warning(subject, version, bug, fix))));
        branch(subject, version, findings);
        if (findings.isEmpty()) {
            findings.add(Finding.ok(subject, "HAProxy " + version + limits(version)));
        }
        return findings;
    }

    private static void branch(String subject, HaproxyVersion version, List<Finding> findings) {
        if (version.minor() % 2 == 1) {
            findings.add(
                    Finding.warn(
                            subject,
                            "HAProxy " + version + limits(version),
                            "branches with an odd number get fixes for little more than a year",
                            "take one with long-term support, such as 3.0"));
        } else if (!TESTED.contains(name(version))) {
            findings.add(
                    Finding.ok(
                            subject,
                            "HAProxy %s (tested are 2.6 and 3.0)%s"
                                    .formatted(version, limits(version))));
        }
    }

    private static Finding warning(
            String subject, HaproxyVersion version, Bug bug, HaproxyVersion fix) {
        return Finding.warn(
                subject,
                "HAProxy " + version + " has " + bug.what(),
                "fixed in "
                        + fix
                        + "; packages of a distribution may have the fix under the old number",
                "install " + fix + " or newer, or see the package's changelog");
    }

    private static boolean has(HaproxyVersion version, HaproxyVersion fix) {
        return name(version).equals(name(fix)) && version.compareTo(fix) < 0;
    }

    /** What takes a reload with it and would not with a newer one. */
    private static String limits(HaproxyVersion version) {
        return version.capabilities().dynamicCookies()
                ? ""
                : "; below 3.0 a server with a cookie of its own value takes a reload";
    }

    private static String name(HaproxyVersion version) {
        return version.major() + "." + version.minor();
    }

    private static HaproxyVersion fixed(int major, int minor, int patch) {
        return new HaproxyVersion(major, minor, patch);
    }
}
