package io.signalbox.dialects;

import static org.awaitility.Awaitility.await;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.disk.ConfigFiles;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.BackendNames;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.dialects.EchoServer.Place;
import io.signalbox.dialects.Probe.App;
import io.signalbox.haproxy.BasicAuthentication;
import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.Configuration;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.LocalSettings;
import io.signalbox.haproxy.LocalSettings.LogTarget;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.UserListName;
import io.signalbox.registry.core.dialect.Declared;
import io.signalbox.registry.core.dialect.Dialects;
import io.signalbox.renderer.core.GroupRenderer;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A real HAProxy with all containers of some probes: what they say is declared by the registry's
 * dialects, rendered by the renderer, and written by the applier.
 */
final class Site implements AutoCloseable {
    private static final Path BINARIES = Path.of("prerequisites").toAbsolutePath();
    private static final int CLOSED = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ANN = "$5$salt$kpa26zwgX83BPSR8d7w93OIXbFt/d3UOTZaAu5vsTM6";

    private final EntryPoints entryPoints;
    private final EchoServer echo;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<Place, InetAddress> addresses = new HashMap<>();
    private final Map<String, Declared> declared = new TreeMap<>();
    private final Map<String, Boolean> dead = new HashMap<>();
    private final ServiceView view = new ServiceView(1);
    private final Configuration.Files files;
    private final Path directory;
    private final Process process;

    /**
     * Starts it.
     *
     * @param version of HAProxy
     * @param dialects that the group follows
     */
    Site(
            String version,
            List<String> dialects,
            List<Probe> probes,
            Path directory,
            EchoServer echo,
            Certified keys)
            throws IOException {
        this.directory = directory;
        this.echo = echo;
        this.entryPoints = new EntryPoints();
        int number = 1;
        for (Probe probe : probes) {
            for (App app : probe.apps()) {
                read(probe, app, String.format("%012x%052x", number++, 0));
            }
        }
        files = files(dialects, version);
        Files.createDirectories(directory.resolve("maps"));
        Path certificates = Files.createDirectories(directory.resolve("certificates"));
        Files.writeString(certificates.resolve(CertificateFiles.DEFAULT), keys.pem());
        Files.writeString(
                certificates.resolve(CertificateFiles.LIST),
                certificates.resolve(CertificateFiles.DEFAULT) + "\n");
        for (Map.Entry<MapName, String> map : files.maps().entrySet()) {
            Files.writeString(
                    directory.resolve("maps").resolve(map.getKey().fileName()), map.getValue());
        }
        Path config = directory.resolve("haproxy.cfg");
        Files.writeString(config, files.haproxyCfg());
        process =
                new ProcessBuilder(
                                BINARIES.resolve("haproxy-" + version).toString(),
                                "-db",
                                "-f",
                                config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        await().atMost(PATIENCE).until(() -> Files.exists(socket()) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("HAProxy did not start: " + log());
        }
    }

    private Path socket() {
        return directory.resolve("runtime.sock");
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    /** Where it listens. */
    EntryPoints entryPoints() {
        return entryPoints;
    }

    /** What a container of a probe declares. */
    Declared declared(Probe probe, String app) {
        Declared all = declared.get(probe.host() + " " + app);
        if (all == null) {
            throw new IllegalArgumentException(app);
        }
        return all;
    }

    /** The backend of a service as HAProxy has it; empty for none. */
    String backend(String service) {
        String text = files.haproxyCfg() + "\n\n";
        int from = text.indexOf("\nbackend " + BackendNames.own(service) + "\n");
        return from < 0 ? "" : text.substring(from, text.indexOf("\n\n", from));
    }

    /** Whether HAProxy says that a check has taken a server of a service out, for that reason. */
    boolean down(String service, String reason) {
        String server = "Server " + BackendNames.own(service) + "/";
        try {
            return log().lines()
                    .anyMatch(
                            line ->
                                    line.contains(server)
                                            && line.contains(" is DOWN, reason: " + reason));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Probe probe, App app, String id) throws IOException {
        Container container = Containers.of(id, app);
        Declared all = Dialects.declare(container);
        declared.put(probe.host() + " " + app.name(), all);
        places.put(id, new Place(probe.host(), app.name(), 0, ""));
        dead.put(id, app.dead());
        view.read(0, Keys.instance(Containers.HOST, id), Containers.instance(container, T), T);
    }

    private Configuration.Files files(List<String> dialects, String version) throws IOException {
        Map<String, Part> parts = new TreeMap<>();
        Map<String, Content> changed =
                new GroupRenderer(entryPoints.group(dialects), view, Map.of()).plan().changed();
        for (Map.Entry<String, Content> one : changed.entrySet()) {
            Content content =
                    one.getValue() instanceof Service service ? moved(service) : one.getValue();
            parts.put(one.getKey(), new Part(one.getKey(), 1, 1, content));
        }
        Desired desired =
                new Desired(
                        new AddressChoice(
                                new Reach(Containers.HOST, List.of("front", "back")), true));
        desired.accept(parts, true);
        if (desired.leftOut().stream().anyMatch(note -> note.code().equals(Desired.QUARANTINED))) {
            throw new IllegalStateException("not put in force: " + desired.leftOut());
        }
        return ConfigFiles.of(
                Saved.of(desired.wanted(new Version(1, 1)), "topic", Set.of()),
                new LocalSettings(
                        new ConfigPath(socket().toString()),
                        new ConfigPath(directory.resolve("maps").toString()),
                        new CertificateFiles(
                                new ConfigPath(directory.resolve("certificates").toString())),
                        LogTarget.STDOUT,
                        Optional.empty(),
                        List.of("nbthread 2"),
                        Map.of(
                                new UserListName("admins"),
                                List.of(new BasicAuthentication.User("ann", ANN)))),
                HaproxyVersion.of(version).capabilities());
    }

    /** The service with its servers where the applications really are. */
    private Service moved(Service service) throws IOException {
        List<Server> servers = new ArrayList<>();
        for (Server server : service.servers()) {
            List<Candidate> candidates = new ArrayList<>();
            for (Candidate one : server.candidates()) {
                candidates.add(moved(server.container(), one));
            }
            servers.add(
                    new Server(
                            server.name(),
                            server.host(),
                            server.container(),
                            server.startedAt(),
                            server.weight(),
                            server.stopping(),
                            candidates,
                            server.cause(),
                            server.backup(),
                            server.cookie()));
        }
        return service.with(servers, service.routes(), service.notes());
    }

    private Candidate moved(String container, Candidate from) throws IOException {
        Place of = places.get(container);
        if (of == null) {
            throw new IllegalStateException(container);
        }
        Place place = new Place(of.host(), of.app(), from.port(), from.scope());
        InetAddress address = addresses.get(place);
        if (address == null) {
            address = echo.address(place);
            addresses.put(place, address);
        }
        boolean gone = Boolean.TRUE.equals(dead.get(container));
        return new Candidate(
                from.kind(),
                from.host(),
                from.scope(),
                address.getHostAddress(),
                gone ? CLOSED : echo.port());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
