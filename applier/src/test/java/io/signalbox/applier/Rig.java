package io.signalbox.applier;

import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Loaded;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.users.UserLists;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.LocalSettings.LogTarget;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeLine;
import io.signalbox.process.Metrics;
import io.signalbox.process.Readiness;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.Liveness.ApplierBeat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A whole applier on a real HAProxy, with a hand-written log. */
final class Rig implements AutoCloseable, Reports {
    final Readiness readiness = new Readiness("applier");
    final Metrics metrics = new Metrics("applier");
    final BlockingQueue<ApplyResult> results = new LinkedBlockingQueue<>();
    final AtomicInteger readAgain = new AtomicInteger();
    final AtomicReference<@Nullable ApplierBeat> beat = new AtomicReference<>();
    final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();
    final Haproxy haproxy;
    final Places places;
    final CertificateKeeper certificates;
    final Assembly assembly;
    private static final Frame NOTHING =
            new Frame(List.of(), List.of(), List.of(), List.of(), List.of(), null, "2.6", false);

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stop;

    /** Makes the HAProxy to be served. */
    private interface Serve {
        Haproxy with(Places places, ConfigDirectory configs) throws InterruptedException;
    }

    private Rig(
            Path binary,
            Path directory,
            boolean owned,
            String adoptTopic,
            boolean allowSnippets,
            Serve serve)
            throws IOException, InterruptedException {
        Binary found = Binary.at(binary);
        places = Places.open(directory);
        ConfigDirectory configs =
                ConfigDirectory.open(
                        places.root(), owned ? Disk.Readers.OWNER : Disk.Readers.GROUP);
        haproxy = serve.with(places, configs);
        certificates =
                CertificateStore.keeper(
                        places, store(), Optional.empty(), List.of(binary.toString(), "-c", "-f"));
        UserLists users = UserLists.open(userLists(), configs.currentConfig());
        Deployment deployment =
                new Deployment(
                        configs,
                        places,
                        new Deployment.Local(
                                List.of(binary.toString(), "-c", "-f"),
                                LogTarget.STDOUT,
                                List.of(),
                                new StatisticsPort()),
                        certificates,
                        users);
        assembly =
                Assembly.of(
                        new Assembly.Site(
                                new Reporter.Identity(
                                        "default",
                                        "applier-1",
                                        new Reach(GroupTopic.HOST, List.of())),
                                haproxy,
                                owned,
                                found.version(),
                                places,
                                deployment,
                                certificates,
                                users,
                                allowSnippets),
                        new Assembly.Outside(
                                this,
                                readAgain::incrementAndGet,
                                metrics,
                                readiness,
                                InstantSource.system(),
                                adoptTopic));
        run("knock", () -> assembly.knock().run());
        run("certificates", () -> assembly.certificates().run());
        run("users", () -> assembly.users().run());
        run("files", () -> assembly.files().run());
        run("loop", () -> assembly.loop().run(() -> stop));
    }

    /** With an HAProxy of its own, or the one that an earlier one left. */
    static Rig start(Path binary, Path directory) {
        return start(binary, directory, "");
    }

    /** The same, which takes lines of the operator's own. */
    static Rig startWithSnippets(Path binary, Path directory) {
        try {
            return new Rig(
                    binary,
                    directory,
                    true,
                    "",
                    true,
                    (places, configs) ->
                            new HaproxyProcess(binary, configs.currentConfig(), places, true));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same; a topic of that id may replace the one known so far. */
    static Rig start(Path binary, Path directory, String adoptTopic) {
        return start(
                binary,
                directory,
                true,
                adoptTopic,
                (places, configs) -> {
                    HaproxyProcess process =
                            new HaproxyProcess(binary, configs.currentConfig(), places, true);
                    process.adopt();
                    return process;
                });
    }

    /** One whose HAProxy serves that application at these entry points, as localhost. */
    static Rig serving(Path binary, Path directory, EchoApp app, EntryPoint... entries)
            throws InterruptedException {
        Rig rig = start(binary, directory);
        GroupTopic topic = new GroupTopic(rig::offer);
        topic.frame(entries).service("web", "localhost", app.server("web"));
        rig.awaitServing(topic.manifest());
        return rig;
    }

    /** Attached to an HAProxy that was started with that file. */
    static Rig attach(Path binary, Path directory, Path configFile, Path masterSocket) {
        return attach(
                binary,
                directory,
                configFile,
                Optional.of(new MasterSocket(masterSocket)),
                Optional.empty());
    }

    /** Attached to an HAProxy that a command reloads. */
    static Rig attach(Path binary, Path directory, Path configFile, String reloadCommand) {
        return attach(binary, directory, configFile, Optional.empty(), Optional.of(reloadCommand));
    }

    private static Rig attach(
            Path binary,
            Path directory,
            Path configFile,
            Optional<MasterSocket> master,
            Optional<String> reloadCommand) {
        return start(
                binary,
                directory,
                false,
                "",
                (places, configs) ->
                        new AttachedHaproxy(
                                configFile, configs.currentConfig(), master, reloadCommand));
    }

    private static Rig start(
            Path binary, Path directory, boolean owned, String adoptTopic, Serve serve) {
        try {
            return new Rig(binary, directory, owned, adoptTopic, false, serve);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    private void run(String name, Body body) {
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("rig-" + name)
                        .start(
                                () -> {
                                    try {
                                        body.run();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    } catch (Throwable e) {
                                        if (!stop) {
                                            fatal.compareAndSet(null, e);
                                        }
                                    }
                                });
        threads.add(thread);
    }

    /** Where lists of users are put. */
    Path userLists() {
        return places.root().resolve("users");
    }

    /** Where certificates are put. */
    Path store() {
        return places.root().resolve("store");
    }

    void offer(Input input) {
        assembly.loop().offer(input);
    }

    @Override
    public void result(ApplyResult result) {
        results.add(result);
    }

    @Override
    public void beat(ApplierBeat lived) {
        beat.set(lived);
    }

    /** The next result about that generation or a later one. */
    ApplyResult await(long generation) throws InterruptedException {
        return await(generation, Duration.ofSeconds(20));
    }

    /** The same, waited for so long at most. */
    ApplyResult await(long generation, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < until) {
            ApplyResult result = results.poll(50, TimeUnit.MILLISECONDS);
            Throwable failure = fatal.get();
            if (failure != null) {
                throw new IllegalStateException("the applier ended", failure);
            }
            if (result != null && result.generation() >= generation) {
                return result;
            }
        }
        throw new IllegalStateException("no result of generation " + generation);
    }

    /** The next result about that generation, given when no server is pending any more. */
    ApplyResult awaitServing(long generation) throws InterruptedException {
        ApplyResult first = await(generation);
        ApplyResult last = first;
        while (!last.pending().isEmpty()) {
            last = await(generation);
        }
        return first;
    }

    long worker() throws IOException {
        return new WorkerLink(places.runtimeSocket()).info().pid();
    }

    /** A backend's servers as the worker has them. */
    List<LiveServer> servers(String backend) throws IOException {
        Running nothing =
                new Running(
                        new Loaded(NOTHING, new TreeMap<>(), new TreeMap<>()),
                        HaproxyVersion.of("3.0").capabilities());
        return new WorkerLink(places.runtimeSocket()).servers(backend, nothing);
    }

    /** A server of it; empty if there is none of that name. */
    Optional<LiveServer> server(String backend, String name) throws IOException {
        return servers(backend).stream().filter(server -> server.name().equals(name)).findAny();
    }

    /** The entries of a map as the worker has them. */
    Map<String, String> entries(MapName map) throws IOException {
        WorkerLink link = new WorkerLink(places.runtimeSocket());
        ConfigPath file = link.maps().get(map);
        return file == null ? Map.of() : link.entries(file);
    }

    /** Where the maps are that the worker was started with. */
    Path mapsDirectory() throws IOException {
        ConfigPath file = new WorkerLink(places.runtimeSocket()).maps().get(MapName.ROUTES);
        if (file == null) {
            throw new IllegalStateException("the worker has no map of routes");
        }
        return Path.of(file.parent().value());
    }

    /** Says something to the worker, as an operator would. */
    List<Reply> say(RuntimeCommand... commands) throws IOException {
        return new RuntimeSocket(places.runtimeSocket(), Duration.ofSeconds(5))
                .call(new RuntimeLine(List.of(commands)));
    }

    /** What a counter of the applier's counts, over all its tags; 0 if it does not exist. */
    double counted(String counter) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("signalbox_applier_" + counter + "_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** The configuration that HAProxy would be started with. */
    String configuration() throws IOException {
        return Files.readString(places.root().resolve("current").resolve(ConfigDirectory.CONFIG));
    }

    long master() throws IOException {
        return new MasterSocket(places.masterSocket()).status().master();
    }

    /** As if the applier had been killed: nothing is written, HAProxy stays. */
    void kill() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(Duration.ofSeconds(5));
        }
    }

    @Override
    public void close() {
        stop = true;
        try {
            threads.getLast().join(Duration.ofSeconds(2));
            kill();
            haproxy.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
