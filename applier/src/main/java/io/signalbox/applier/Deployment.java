package io.signalbox.applier;

import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.core.disk.ConfigFiles;
import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.disk.SnippetText;
import io.signalbox.applier.users.UserLists;
import io.signalbox.haproxy.BasicAuthentication;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.Configuration;
import io.signalbox.haproxy.ListenAddress;
import io.signalbox.haproxy.LocalSettings;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.UserListName;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts configurations on the disk and has HAProxy check them. All methods wait for each other, so
 * that files may follow on a thread of their own.
 */
final class Deployment {
    /** The loop waits for a check, so one that hangs holds it up for that long at most. */
    private static final Duration CHECK_PATIENCE = Duration.ofSeconds(30);

    /** Where HAProxy says a line is wrong. */
    private static final Pattern PLACE =
            Pattern.compile("\\[[^\\[\\]]*/" + ConfigDirectory.CONFIG + ":(\\d{1,9})\\]");

    private final ConfigDirectory directory;
    private final Places places;
    private final Local local;
    private final CertificateKeeper certificates;
    private final UserLists users;
    private Set<Path> inUse = Set.of();

    /**
     * What this machine adds to a configuration.
     *
     * @param check the command that checks a file, whose path is put behind it; empty if none can
     * @param operatorGlobal lines for {@code global}
     * @param statistics whether a statistics address may be used now
     */
    record Local(
            List<String> check,
            LocalSettings.LogTarget log,
            List<String> operatorGlobal,
            Predicate<Listen> statistics) {
        Local {
            check = List.copyOf(check);
            operatorGlobal = List.copyOf(operatorGlobal);
        }
    }

    Deployment(
            ConfigDirectory directory,
            Places places,
            Local local,
            CertificateKeeper certificates,
            UserLists users) {
        this.directory = directory;
        this.places = places;
        this.local = local;
        this.certificates = certificates;
        this.users = users;
    }

    /** Writes it to a directory of its own; nothing refers to it yet. */
    synchronized Deployed write(Saved saved, Capabilities capabilities) throws IOException {
        return write(saved, capabilities, users.take(userLists(saved)));
    }

    private static Set<UserListName> userLists(Saved saved) {
        Set<UserListName> names = new TreeSet<>();
        saved.wanted()
                .services()
                .values()
                .forEach(service -> names.addAll(UserListName.in(service.backend())));
        return names;
    }

    private Deployed write(
            Saved saved,
            Capabilities capabilities,
            Map<UserListName, List<BasicAuthentication.User>> lists)
            throws IOException {
        certificates.prepare(saved.wanted().frame().entryPoints(), Instant.now());
        Path path = directory.create(saved.wanted().version());
        boolean whole = false;
        try {
            Deployed deployed = fill(path, saved, capabilities, lists);
            whole = true;
            return deployed;
        } finally {
            if (!whole) {
                ConfigDirectory.delete(path);
            }
        }
    }

    private Deployed fill(
            Path path,
            Saved saved,
            Capabilities capabilities,
            Map<UserListName, List<BasicAuthentication.User>> lists)
            throws IOException {
        Configuration.Files files =
                ConfigFiles.of(saved, settings(path, saved, lists), capabilities);
        Map<String, String> named = new LinkedHashMap<>();
        named.put(ConfigDirectory.CONFIG, files.haproxyCfg());
        for (MapName map : MapName.values()) {
            named.put(map.fileName(), files.maps().getOrDefault(map, ""));
        }
        directory.fill(path, named, saved);
        return new Deployed(new ConfigPath(path.toString()), saved, hash(files.haproxyCfg()));
    }

    private LocalSettings settings(
            Path path, Saved saved, Map<UserListName, List<BasicAuthentication.User>> lists) {
        Listen listen = saved.wanted().frame().statistics();
        Optional<ListenAddress> statistics =
                Optional.ofNullable(listen)
                        .filter(local.statistics())
                        .map(found -> new ListenAddress(found.address(), found.port()));
        return new LocalSettings(
                new ConfigPath(places.runtimeSocket().toString()),
                new ConfigPath(path.toString()),
                new CertificateFiles(new ConfigPath(places.certificates().toString())),
                local.log(),
                statistics,
                local.operatorGlobal(),
                lists);
    }

    /**
     * Makes it the one that HAProxy is started with, and deletes those that nobody needs. The one
     * before it stays, for a disk that loses what it said to have written.
     */
    synchronized void turn(ConfigPath path) throws IOException {
        Set<Path> keep = new HashSet<>(inUse);
        directory.current().ifPresent(keep::add);
        directory.turn(file(path));
        directory.clean(keep);
    }

    /** Writes what has already taken effect, for the next start. */
    synchronized Deployed follow(Saved saved, Capabilities capabilities) throws IOException {
        Deployed deployed = write(saved, capabilities, users.taken(userLists(saved)));
        turn(deployed.path());
        return deployed;
    }

    /** These must not be deleted: workers were started with them. */
    synchronized void use(Set<ConfigPath> paths) {
        inUse = paths.stream().map(Deployment::file).collect(Collectors.toUnmodifiableSet());
    }

    private static Path file(ConfigPath path) {
        return Path.of(path.value());
    }

    /** What lies there; empty if it is not whole. */
    synchronized Optional<Saved> read(ConfigPath path) {
        return directory.read(file(path));
    }

    /** The newest configuration that is whole. */
    synchronized Optional<Deployed> lastKnownGood() throws IOException {
        Optional<Path> path = directory.lastKnownGood();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Optional<Saved> saved = directory.read(path.get());
        return saved.map(found -> new Deployed(new ConfigPath(path.get().toString()), found, ""));
    }

    /** Deletes a configuration that was refused. */
    synchronized void discard(Deployed deployed) throws IOException {
        Path path = file(deployed.path());
        if (!inUse.contains(path)) {
            ConfigDirectory.delete(path);
        }
    }

    /**
     * Has HAProxy check it.
     *
     * @return empty if it is accepted, else HAProxy's words in one line
     * @throws IOException if it cannot be checked, or the check does not end in time
     */
    Optional<String> check(Deployed deployed) throws IOException, InterruptedException {
        if (local.check().isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(local.check());
        command.add(deployed.path().resolve(ConfigDirectory.CONFIG).value());
        Command.Ended ended = Command.run(command, CHECK_PATIENCE);
        return ended.exitCode() == 0 || onlyWarns(ended.output())
                ? Optional.empty()
                : Optional.of(
                        snippet(ended.output(), deployed) + HaproxyProcess.words(ended.output()));
    }

    /** Which of the operator's own lines HAProxy complains about first; empty for none of them. */
    private static String snippet(String output, Deployed deployed) throws IOException {
        Matcher place = PLACE.matcher(output);
        List<String> file =
                Files.readAllLines(file(deployed.path().resolve(ConfigDirectory.CONFIG)));
        while (place.find()) {
            int number = Integer.parseInt(place.group(1));
            Optional<String> name =
                    number < 1 || number > file.size()
                            ? Optional.empty()
                            : SnippetText.nameOf(file.get(number - 1), deployed.saved());
            if (name.isPresent()) {
                return name.get() + ": ";
            }
        }
        return "";
    }

    private static boolean onlyWarns(String output) {
        return output.contains("Configuration file is valid") && !output.contains("[ALERT]");
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
