package io.signalbox.registry.doors;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.Network;
import io.signalbox.process.HostPort;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How one door is to be.
 *
 * @param keys its settings
 * @param tokenFile given where the mode is {@code TOKEN}
 * @param listen given where the mode is {@code OPEN}
 * @param networks who may come in where the mode is {@code OPEN}; not empty there
 */
public record DoorSettings(
        Keys keys,
        Mode mode,
        Optional<Path> tokenFile,
        Optional<HostPort> listen,
        List<Network> networks) {

    public DoorSettings {
        networks = List.copyOf(networks);
    }

    /** Who comes in. */
    public enum Mode {
        CLOSED,
        TOKEN,
        OPEN
    }

    /**
     * The settings of one door.
     *
     * @param door its name, as in {@code door-<name>}
     */
    public record Keys(
            String door,
            Setting<Mode> mode,
            Setting<Optional<Path>> tokenFile,
            Setting<Optional<HostPort>> listen,
            Setting<List<Network>> networks) {

        /**
         * The settings of a door of that name.
         *
         * @param what it is for, to follow on "The door for"
         */
        static Keys of(String door, String what) {
            String name = "door-" + door;
            return new Keys(
                    door,
                    Setting.of(
                            name,
                            SettingType.oneOf(Mode.class),
                            "closed",
                            "The door for %s: closed, by token on the registry's own address, or open to networks on an address of its own."
                                    .formatted(what)),
                    Setting.optional(
                            name + "-token-file",
                            SettingType.PATH,
                            "File with the token of that door, for " + name + "=token."),
                    Setting.optional(
                            name + "-listen",
                            SettingType.HOST_PORT,
                            "Where that door listens, for " + name + "=open."),
                    Setting.of(
                            name + "-networks",
                            SettingType.list(
                                    SettingType.of("a network such as 10.0.0.0/8", Keys::network)),
                            "127.0.0.0/8,::1/128",
                            "Networks that come in by that door, for " + name + "=open."));
        }

        private static Network network(String text) {
            try {
                return new Network(text);
            } catch (IllegalValue e) {
                throw new IllegalArgumentException(e.rule(), e);
            }
        }

        List<Setting<?>> all() {
            return List.of(mode, tokenFile, listen, networks);
        }

        /**
         * What the values say.
         *
         * @throws io.signalbox.process.StartFailure where the mode lacks what it needs
         */
        DoorSettings from(SettingValues values) {
            DoorSettings settings =
                    new DoorSettings(
                            this,
                            values.get(mode),
                            values.get(tokenFile),
                            values.get(listen),
                            values.get(networks));
            if (settings.mode == Mode.TOKEN && settings.tokenFile.isEmpty()) {
                throw values.mistake(mode, "needs " + tokenFile.key() + " where it is token");
            }
            if (settings.mode == Mode.OPEN && settings.listen.isEmpty()) {
                throw values.mistake(mode, "needs " + listen.key() + " where it is open");
            }
            if (settings.mode == Mode.OPEN && settings.networks.isEmpty()) {
                throw values.mistake(mode, "needs " + networks.key() + " where it is open");
            }
            return settings;
        }
    }
}
