package io.signalbox.watcher;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.AllowList.Rule;
import io.signalbox.watcher.core.WatcherLimits;
import io.signalbox.watcher.core.lists.ListedService;
import io.signalbox.watcher.core.lists.Place;
import io.signalbox.watcher.lists.ListedSources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a watcher is run with.
 *
 * @param hostId this host's name in the log
 * @param advertised the address under which other hosts reach ports published here; found out where
 *     none is set
 * @param engine empty where no engine is to be watched
 * @param engineDeadline for each call to the engine
 * @param inboxEvents most events of the engine that may wait to be looked at
 */
record WatcherSettings(
        CommonSettings common,
        String hostId,
        Optional<String> advertised,
        Optional<EngineAddress> engine,
        Duration engineDeadline,
        AllowList labels,
        AllowList environment,
        int inboxEvents,
        WatcherLimits limits,
        ListedSources.Settings lists) {

    /** What {@link #DOCKER_HOST} says where no engine is to be watched. */
    private static final String NO_ENGINE = "off";

    private static final int DNS_PORT = 53;

    static final Setting<HostPort> HTTP_LISTEN = CommonSettings.httpListen("watcher", 8411);

    static final Setting<String> HOST_ID =
            Setting.of(
                    "host-id",
                    SettingType.of("a name without slash or space", WatcherSettings::hostId),
                    HostAddress.hostName(),
                    "This host's name in the log.");

    static final Setting<Optional<String>> ADVERTISED_ADDRESS =
            Setting.optional(
                    "advertised-address",
                    SettingType.TEXT,
                    "Address under which other hosts reach ports published here; else that of the"
                            + " route to the broker.");

    static final Setting<Optional<String>> DOCKER_HOST =
            Setting.optional(
                    "docker-host",
                    SettingType.TEXT,
                    "The Docker engine, unix:///path or tcp://host:port, or off for none; else DOCKER_HOST,"
                            + " else "
                            + EngineAddress.DEFAULT_HOST
                            + ".");

    static final Setting<Optional<Path>> DOCKER_CERT_PATH =
            Setting.optional(
                    "docker-cert-path",
                    SettingType.PATH,
                    "Folder with ca.pem, cert.pem and key.pem for an engine over TLS; else"
                            + " DOCKER_CERT_PATH, or ~/.docker with DOCKER_TLS_VERIFY.");

    static final Setting<Duration> ENGINE_DEADLINE =
            Setting.of(
                    "engine-deadline",
                    SettingType.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
                    "5s",
                    "Longest wait for an answer of the engine.");

    static final Setting<List<Rule>> ALLOW_LABELS =
            Setting.of(
                    "allow-labels",
                    SettingType.list(SettingType.of("pattern or pattern=class", Rule::parse)),
                    "none",
                    "More labels that may leave the host; classes: plain, password, password-hash,"
                            + " key, never.");

    static final Setting<List<Rule>> ALLOW_ENVIRONMENT =
            Setting.of(
                    "allow-environment",
                    SettingType.list(SettingType.of("pattern or pattern=class", Rule::parse)),
                    "none",
                    "More environment variables that may leave the host; classes as for labels.");

    static final Setting<Duration> RECONCILE_EVERY =
            Setting.of(
                    "reconcile-every",
                    SettingType.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                    "10s",
                    "Shortest pause between two comparisons of everything; up to three tenths are"
                            + " added.");

    static final Setting<Duration> STOP_GRACE =
            Setting.of(
                    "stop-grace",
                    SettingType.duration(Duration.ZERO, Duration.ofHours(1)),
                    "5s",
                    "How long after its stop time-out a container must still run to be routed"
                            + " again.");

    static final Setting<Integer> BACKLOG_FACTS =
            Setting.of(
                    "backlog-facts",
                    SettingType.integer(100, 1_000_000),
                    "10000",
                    "Most facts that may wait for the broker.");

    static final Setting<Long> BACKLOG_SIZE =
            Setting.of(
                    "backlog-size", SettingType.SIZE, "16MB", "Most bytes that may wait for it.");

    static final Setting<List<Path>> STATIC_FILES =
            Setting.of(
                    "static-files",
                    SettingType.list(SettingType.PATH),
                    "none",
                    "Files that list services outside Docker, or folders with *.yaml.");

    static final Setting<List<ListedService>> DNS_SERVICES =
            Setting.of(
                    "dns-services",
                    SettingType.list(SettingType.of("name:port", WatcherSettings::dnsService)),
                    "none",
                    "A DNS name and port, such as tasks.backend:80, that gets every request.");

    static final Setting<List<Place>> DNS_NAMESERVERS =
            Setting.of(
                    "dns-nameservers",
                    SettingType.list(
                            SettingType.of(
                                    "an address or address:port", WatcherSettings::nameserver)),
                    "none",
                    "Name servers for DNS names; else those of /etc/resolv.conf.");

    static final Setting<Duration> DNS_EVERY =
            Setting.of(
                    "dns-every",
                    SettingType.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                    "2s",
                    "Pause between two look-ups of a DNS name.");

    static final Setting<Integer> INBOX_EVENTS =
            Setting.of(
                    "inbox-events",
                    SettingType.integer(16, 1_000_000),
                    "65536",
                    "Most events of the engine that may wait to be looked at.");

    static final List<Setting<?>> ALL =
            CommonSettings.with(
                    HTTP_LISTEN,
                    List.of(
                            HOST_ID,
                            ADVERTISED_ADDRESS,
                            DOCKER_HOST,
                            DOCKER_CERT_PATH,
                            ENGINE_DEADLINE,
                            ALLOW_LABELS,
                            ALLOW_ENVIRONMENT,
                            RECONCILE_EVERY,
                            STOP_GRACE,
                            STATIC_FILES,
                            DNS_SERVICES,
                            DNS_NAMESERVERS,
                            DNS_EVERY,
                            BACKLOG_FACTS,
                            BACKLOG_SIZE,
                            INBOX_EVENTS));

    /**
     * Takes the values, and Docker's own variables where Signalbox's are not set.
     *
     * @param docker the environment in which Docker's variables are looked up
     */
    static WatcherSettings from(
            SettingValues values, CommonSettings common, Map<String, String> docker) {
        WatcherLimits base = WatcherLimits.DEFAULT;
        Duration every = values.get(RECONCILE_EVERY);
        return new WatcherSettings(
                common,
                values.get(HOST_ID),
                values.get(ADVERTISED_ADDRESS),
                engine(values, docker),
                values.get(ENGINE_DEADLINE),
                AllowList.labels(values.get(ALLOW_LABELS)),
                AllowList.environment(values.get(ALLOW_ENVIRONMENT)),
                values.get(INBOX_EVENTS),
                new WatcherLimits(
                        values.get(BACKLOG_FACTS),
                        values.get(BACKLOG_SIZE),
                        base.beatEvery(),
                        base.sessionPatience(),
                        values.get(STOP_GRACE),
                        every,
                        Duration.ofMillis(every.toMillis() * 3 / 10),
                        base.doubtFor(),
                        base.retryAfter(),
                        base.parallelInspections()),
                new ListedSources.Settings(
                        values.get(HOST_ID),
                        values.get(STATIC_FILES),
                        values.get(DNS_SERVICES),
                        values.get(DNS_NAMESERVERS),
                        values.get(DNS_EVERY)));
    }

    /** Where the engine is, by the settings, else by Docker's own variables; empty for none. */
    static Optional<EngineAddress> engine(SettingValues values, Map<String, String> docker) {
        String host =
                values.get(DOCKER_HOST)
                        .or(() -> given(docker, "DOCKER_HOST"))
                        .orElse(EngineAddress.DEFAULT_HOST);
        return host.equals(NO_ENGINE)
                ? Optional.empty()
                : Optional.of(
                        EngineAddress.of(
                                host, values.get(DOCKER_CERT_PATH).or(() -> certificates(docker))));
    }

    private static ListedService dnsService(String text) {
        return ListedSources.everything(text, "dns-services")
                .orElseThrow(() -> new IllegalArgumentException("must be name:port"));
    }

    private static Place nameserver(String text) {
        return Place.parse(text, DNS_PORT)
                .orElseThrow(() -> new IllegalArgumentException(Place.RULE));
    }

    private static Optional<Path> certificates(Map<String, String> docker) {
        return given(docker, "DOCKER_CERT_PATH")
                .or(
                        () ->
                                given(docker, "DOCKER_TLS_VERIFY")
                                        .flatMap(verify -> given(docker, "HOME"))
                                        .map(home -> home + "/.docker"))
                .map(Path::of);
    }

    private static Optional<String> given(Map<String, String> environment, String key) {
        return Optional.ofNullable(environment.get(key)).filter(text -> !text.isEmpty());
    }

    private static String hostId(String text) {
        if (!text.matches("[^/\\s\\p{Cntrl}]{1,200}")) {
            throw new IllegalArgumentException("must be a name without slash or space");
        }
        return text;
    }
}
