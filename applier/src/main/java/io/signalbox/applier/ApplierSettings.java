package io.signalbox.applier;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.ApplyResult.Reach;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The applier's settings.
 *
 * @param group whose configuration is applied
 * @param applierId unique in the group
 * @param reach the host that HAProxy stands on, as its watcher calls it, and its networks
 * @param directory where configurations, sockets and logs of HAProxy lie
 * @param mode whether HAProxy is Signalbox' own
 * @param haproxy HAProxy's binary
 * @param onExit what becomes of an owned HAProxy when the applier ends
 * @param masterSocket of an attached HAProxy
 * @param configFile of an attached HAProxy
 * @param reloadCommand reloads an attached HAProxy instead of its master's socket
 * @param globalFile lines of the operator's own for {@code global}
 * @param allowSnippets whether lines of the operator's own in the group's definition are taken
 * @param accessLog whether an owned HAProxy's requests are kept
 * @param accessLogSize when the access log is rotated, in bytes
 * @param users where lists of users lie; below the applier's directory if empty
 * @param certificates what is said about certificates
 * @param adoptTopic the id of a topic that replaces the one known so far
 */
record ApplierSettings(
        CommonSettings common,
        String group,
        String applierId,
        Reach reach,
        Path directory,
        Mode mode,
        Path haproxy,
        OnExit onExit,
        Optional<Path> masterSocket,
        Optional<Path> configFile,
        Optional<String> reloadCommand,
        Optional<Path> globalFile,
        boolean allowSnippets,
        boolean accessLog,
        long accessLogSize,
        Optional<Path> users,
        CertificateSettings certificates,
        Optional<String> adoptTopic) {

    /** Whose HAProxy it is. */
    enum Mode {
        /** Signalbox starts it and sees to it that it runs. */
        OWNED,
        /** It runs already; Signalbox takes its configuration over. */
        ATTACHED
    }

    /** What becomes of an owned HAProxy. */
    enum OnExit {
        /** It goes on serving, and the next applier takes it over. */
        KEEP,
        /** It is ended. */
        STOP
    }

    static final Setting<HostPort> HTTP_LISTEN = CommonSettings.httpListen("applier", 8414);
    static final Setting<Optional<String>> APPLIER_ID =
            Setting.optional(
                    "applier-id",
                    SettingType.TEXT,
                    "This applier's name in the log, unique in its group; the machine's or container's host"
                            + " name if absent.");
    static final Setting<Path> DIRECTORY =
            Setting.of(
                    "applier-dir",
                    SettingType.PATH,
                    "/var/lib/signalbox/applier",
                    "Where configurations, sockets and logs of HAProxy lie.");
    static final Setting<Mode> MODE =
            Setting.of(
                    "haproxy-mode",
                    SettingType.oneOf(Mode.class),
                    "owned",
                    "Whether Signalbox starts HAProxy itself, or attaches to one that runs.");
    static final Setting<Path> HAPROXY =
            Setting.of("haproxy", SettingType.PATH, "/usr/sbin/haproxy", "HAProxy's binary.");
    static final Setting<OnExit> ON_EXIT =
            Setting.of(
                    "on-exit",
                    SettingType.oneOf(OnExit.class),
                    "keep",
                    "What becomes of an owned HAProxy when the applier ends.");
    static final Setting<Optional<Path>> MASTER_SOCKET =
            Setting.optional(
                    "haproxy-master-socket",
                    SettingType.PATH,
                    "The master's socket of an attached HAProxy.");
    static final Setting<Optional<Path>> CONFIG_FILE =
            Setting.optional(
                    "haproxy-config-file",
                    SettingType.PATH,
                    "The configuration file of an attached HAProxy; it is kept aside.");
    static final Setting<Optional<String>> RELOAD_COMMAND =
            Setting.optional(
                    "haproxy-reload-command",
                    SettingType.TEXT,
                    "A shell command that reloads an attached HAProxy, instead of its master's"
                            + " socket.");
    static final Setting<Optional<Path>> GLOBAL_FILE =
            Setting.optional(
                    "haproxy-global-file",
                    SettingType.PATH,
                    "A file with lines of your own for HAProxy's global section, such as user, chroot"
                            + " or log; none that begins a section.");
    static final Setting<Boolean> ALLOW_SNIPPETS =
            Setting.of(
                    "allow-snippets",
                    SettingType.FLAG,
                    "false",
                    "Whether HAProxy gets the lines of your own that the group's definition has;"
                            + " whoever can write to the log can then run programs here.");
    static final Setting<Boolean> ACCESS_LOG =
            Setting.of(
                    "access-log",
                    SettingType.FLAG,
                    "true",
                    "Whether an owned HAProxy's requests are kept in access.log.");
    static final Setting<Long> ACCESS_LOG_SIZE =
            Setting.of(
                    "access-log-size",
                    SettingType.SIZE,
                    "64MB",
                    "When access.log is rotated; one older file is kept.");
    static final Setting<Optional<Path>> USERS =
            Setting.optional(
                    "users",
                    SettingType.PATH,
                    "Where lists of users lie, as NAME.htpasswd with lines NAME:HASH; users below"
                            + " the applier's directory if absent.");
    static final Setting<Optional<String>> ADOPT_TOPIC =
            Setting.optional(
                    "adopt-topic",
                    SettingType.TEXT,
                    "The id of a topic that was created again and replaces the one known so far.");
    static final List<Setting<?>> ALL =
            CommonSettings.with(
                    HTTP_LISTEN,
                    List.of(
                            ReachSettings.GROUP,
                            APPLIER_ID,
                            ReachSettings.HOST_ID,
                            ReachSettings.NETWORKS,
                            DIRECTORY,
                            MODE,
                            HAPROXY,
                            ON_EXIT,
                            MASTER_SOCKET,
                            CONFIG_FILE,
                            RELOAD_COMMAND,
                            GLOBAL_FILE,
                            ALLOW_SNIPPETS,
                            ACCESS_LOG,
                            ACCESS_LOG_SIZE,
                            USERS,
                            CertificateSettings.STORE,
                            CertificateSettings.PEM,
                            CertificateApiSettings.TOKEN,
                            CertificateApiSettings.LISTEN,
                            CertificateApiSettings.CERTIFICATE,
                            CertificateApiSettings.PLAIN,
                            ADOPT_TOPIC));

    /**
     * Takes the values out of those that were read.
     *
     * @throws StartFailure if they contradict each other
     */
    static ApplierSettings from(SettingValues values, CommonSettings common) {
        boolean attached = values.get(MODE) == Mode.ATTACHED;
        if (attached && values.get(CONFIG_FILE).isEmpty()) {
            throw values.mistake(CONFIG_FILE, "must be given for an attached HAProxy");
        }
        boolean reloadable =
                values.get(MASTER_SOCKET).isPresent() || values.get(RELOAD_COMMAND).isPresent();
        if (attached && !reloadable) {
            throw values.mistake(
                    MASTER_SOCKET,
                    "or " + RELOAD_COMMAND.key() + " must be given for an attached HAProxy");
        }
        return new ApplierSettings(
                common,
                values.get(ReachSettings.GROUP),
                values.get(APPLIER_ID).orElseGet(ReachSettings::hostName),
                ReachSettings.reach(values),
                values.get(DIRECTORY),
                values.get(MODE),
                values.get(HAPROXY),
                values.get(ON_EXIT),
                values.get(MASTER_SOCKET),
                values.get(CONFIG_FILE),
                values.get(RELOAD_COMMAND),
                values.get(GLOBAL_FILE),
                values.get(ALLOW_SNIPPETS),
                values.get(ACCESS_LOG),
                values.get(ACCESS_LOG_SIZE),
                values.get(USERS),
                CertificateSettings.from(values),
                values.get(ADOPT_TOPIC));
    }
}
