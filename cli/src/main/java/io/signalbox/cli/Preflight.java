package io.signalbox.cli;

import io.signalbox.cli.group.ListenAddress;
import io.signalbox.process.HostPort;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would keep {@code up} from running and can be known before anything is started: settings of
 * all processes, what they need of this machine, and addresses that are taken. All of it is
 * reported at once.
 */
final class Preflight {

    private Preflight() {}

    /**
     * Checks everything.
     *
     * @param listen where HAProxy is to listen
     * @param applier the applier's directory, whose HAProxy may be there already
     * @throws StartFailure naming each thing that is wrong
     */
    static void check(
            Listen listen,
            Path applier,
            List<ProcessDefinition> processes,
            SettingSources sources) {
        Set<String> mistakes = new LinkedHashSet<>();
        processes.forEach(process -> check(process, sources, mistakes));
        obstacle(new HostPort(listen.address(), listen.port()))
                .filter(reason -> !serves(applier))
                .ifPresent(
                        reason ->
                                mistakes.add(
                                        "--listen must be a free address of this machine: "
                                                + ListenAddress.print(listen)
                                                + " ("
                                                + reason
                                                + ")"));
        if (!mistakes.isEmpty()) {
            throw new StartFailure(List.copyOf(mistakes));
        }
    }

    private static void check(
            ProcessDefinition process, SettingSources sources, Set<String> mistakes) {
        try {
            SettingValues values =
                    SettingValues.read(process.settings(), KnownSettings.load(List.of()), sources);
            process.check(values);
            HostPort http = values.get(process.httpListen());
            obstacle(http)
                    .ifPresent(
                            reason ->
                                    mistakes.add(
                                            "%s must be a free address of this machine: %s (%s)"
                                                    .formatted(
                                                            process.httpListen().key(),
                                                            http,
                                                            reason)));
        } catch (StartFailure e) {
            mistakes.addAll(e.lines());
        }
    }

    /** Why an address cannot be listened on; empty if it can. */
    private static Optional<String> obstacle(HostPort address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    address.host().isEmpty()
                            ? new InetSocketAddress(address.port())
                            : new InetSocketAddress(address.host(), address.port()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the HAProxy of an earlier run still serves, which the applier will take over. */
    private static boolean serves(Path applier) {
        try {
            String pid = Files.readString(applier.resolve("run").resolve("haproxy.pid")).strip();
            @Nullable String line =
                    pid.matches("\\d{1,9}")
                            ? ProcessHandle.of(Long.parseLong(pid))
                                    .flatMap(handle -> handle.info().commandLine())
                                    .orElse(null)
                            : null;
            return line != null && line.contains(applier.toAbsolutePath().normalize().toString());
        } catch (IOException e) {
            return false;
        }
    }
}
