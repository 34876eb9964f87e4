package io.signalbox.applier;

import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.GroupDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The settings that say whose configuration is followed, and from where servers are reached. */
public final class ReachSettings {
    /** The group. */
    public static final Setting<String> GROUP =
            Setting.of(
                    "group",
                    SettingType.TEXT,
                    GroupDefinition.DEFAULT,
                    "The group whose configuration this HAProxy has.");

    /** The host that servers are reached from, as its watcher calls it. */
    public static final Setting<String> HOST_ID =
            Setting.of(
                    "host-id",
                    SettingType.of("a name without slash or space", ReachSettings::hostId),
                    hostName(),
                    "This host's name in the log.");

    /** Networks that are reached besides those of the host. */
    public static final Setting<List<String>> NETWORKS =
            Setting.of(
                    "haproxy-networks",
                    SettingType.list(SettingType.TEXT),
                    "none",
                    "Ids of networks of containers that HAProxy is attached to, besides those of its own"
                            + " host; 'inspected' for an HAProxy in a container: those of its"
                            + " container, as its interfaces have them at the start, and no others.");

    private static final List<String> INSPECTED = List.of("inspected");

    private ReachSettings() {}

    /**
     * From where servers are reached.
     *
     * @throws StartFailure if the interfaces are to be inspected and cannot be
     */
    public static Reach reach(SettingValues values) {
        List<String> networks = values.get(NETWORKS);
        return new Reach(
                values.get(HOST_ID), networks.equals(INSPECTED) ? Interfaces.subnets() : networks);
    }

    private static String hostId(String text) {
        if (text.isEmpty()
                || text.contains("/")
                || text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("must be a name without slash or space");
        }
        return text;
    }

    /** The kernel's host name, as the watcher takes it. */
    static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
