package io.signalbox.applier;

import io.signalbox.applier.ApplierSettings.Mode;
import io.signalbox.applier.core.AddressChoice;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.MasterProcesses;
import io.signalbox.haproxy.ProcessInfo;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.process.HostPort;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One look at what an applier with these settings has on this machine; it changes nothing. */
public final class ProxyLook {
    /** What of the applier's settings it needs. */
    public static final List<Setting<?>> SETTINGS =
            List.of(
                    ReachSettings.GROUP,
                    ReachSettings.HOST_ID,
                    ReachSettings.NETWORKS,
                    ApplierSettings.DIRECTORY,
                    ApplierSettings.MODE,
                    ApplierSettings.HAPROXY,
                    ApplierSettings.MASTER_SOCKET,
                    ApplierSettings.HTTP_LISTEN);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SettingValues values;
    private final Places places;

    /** A look by these settings. */
    public ProxyLook(SettingValues values) {
        this.values = values;
        this.places = new Places(directory(values).toAbsolutePath().normalize());
    }

    private static Path directory(SettingValues values) {
        return values.get(ApplierSettings.DIRECTORY);
    }

    /** The group whose configuration HAProxy has here. */
    public String group() {
        return values.get(ReachSettings.GROUP);
    }

    /** How an applier here picks the address of each server. */
    public AddressChoice choice() {
        return AddressChoice.of(ReachSettings.reach(values));
    }

    /** Where an applier's health is served. */
    public HostPort health() {
        return values.get(ApplierSettings.HTTP_LISTEN);
    }

    /** The applier's directory, which may be missing. */
    public Path directory() {
        return places.root();
    }

    /** HAProxy's binary. */
    public Path binary() {
        return values.get(ApplierSettings.HAPROXY);
    }

    /**
     * The binary's version.
     *
     * @throws StartFailure if an applier would refuse it
     */
    public HaproxyVersion version() {
        return Binary.at(binary()).version();
    }

    /** The master's command socket; empty for an attached HAProxy that is reloaded by a command. */
    public Optional<Path> masterSocket() {
        return values.get(ApplierSettings.MODE) == Mode.ATTACHED
                ? values.get(ApplierSettings.MASTER_SOCKET)
                : Optional.of(places.masterSocket());
    }

    /** The worker's command socket. */
    public Path runtimeSocket() {
        return places.runtimeSocket();
    }

    /** Whether an applier has ever put a configuration in force in this directory. */
    public boolean configured() {
        return Files.isSymbolicLink(places.root().resolve("current"));
    }

    /**
     * What the worker says of itself.
     *
     * @throws IOException if it does not answer
     */
    public ProcessInfo worker() throws IOException {
        try {
            return ProcessInfo.parse(
                    new RuntimeSocket(runtimeSocket(), PATIENCE)
                            .ask(new RuntimeCommand.ShowInfo()));
        } catch (IllegalValue e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * What the master at that socket says of its processes.
     *
     * @throws IOException if it does not answer
     */
    public MasterProcesses master(Path socket) throws IOException {
        return new MasterSocket(socket).status();
    }
}
