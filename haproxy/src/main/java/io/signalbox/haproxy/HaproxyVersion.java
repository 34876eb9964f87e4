package io.signalbox.haproxy;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version of HAProxy: branch and patch level. */
public record HaproxyVersion(int major, int minor, int patch)
        implements Comparable<HaproxyVersion> {

    /** The oldest branch that is supported. */
    public static final HaproxyVersion OLDEST = new HaproxyVersion(2, 6, 0);

    private static final Comparator<HaproxyVersion> ORDER =
            Comparator.comparingInt(HaproxyVersion::major)
                    .thenComparingInt(HaproxyVersion::minor)
                    .thenComparingInt(HaproxyVersion::patch);
    private static final Pattern NUMBER =
            Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");
    private static final Pattern ANSWER =
            Pattern.compile(
                    "(?m)^(?:HA-?Proxy version |Version: )?(\\d{1,4})\\.(\\d{1,4})(?:[.-](?:dev)?(\\d{1,4}))?");

    /**
     * From a setting such as {@code 2.6}.
     *
     * @throws IllegalValue where it is none
     */
    public static HaproxyVersion of(String text) {
        var matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalValue("HAProxy version", "must be like 2.6 or 3.0.11", text);
        }
        var patch = matcher.group(3);
        return new HaproxyVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
    }

    /** From what {@code haproxy -v}, {@code show version} or {@code show info} answers. */
    public static Optional<HaproxyVersion> find(String answer) {
        var matcher = ANSWER.matcher(answer);
        if (!matcher.find()) {
            return Optional.empty();
        }
        var patch = matcher.group(3);
        return Optional.of(
                new HaproxyVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        patch == null ? 0 : Integer.parseInt(patch)));
    }

    /** Whether this is of the given branch or a newer one. */
    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    /** What this version can do. */
    public Capabilities capabilities() {
        return Capabilities.of(this);
    }

    @Override
    public int compareTo(HaproxyVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
