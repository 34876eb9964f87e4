package io.signalbox.applier.core.plan;

import io.signalbox.schemas.ConfigRecord.ServerOptions;

/**
 * A server as a worker has it.
 *
 * @param id HAProxy's number of it, unique in its backend
 * @param enabled whether it gets requests
 * @param run the start of the application that it was last enabled for
 * @param backup whether it gets requests only while no other server works, as far as is known
 * @param cookie the value of its cookie that it was given, as far as is known; empty for none
 */
public record LiveServer(
        String name,
        int id,
        String address,
        int port,
        int weight,
        boolean enabled,
        ServerOptions options,
        String run,
        boolean backup,
        String cookie) {
    /** Stands for a start of which nothing is known: any is taken for it. */
    public static final String UNKNOWN_RUN = "?";

    /** Stands for options of which nothing is known: any are taken for them. */
    public static final ServerOptions UNKNOWN_OPTIONS = new ServerOptions(-1, 0, 0);

    /** A server that is no backup and has no cookie of its own. */
    public LiveServer(
            String name,
            int id,
            String address,
            int port,
            int weight,
            boolean enabled,
            ServerOptions options,
            String run) {
        this(name, id, address, port, weight, enabled, options, run, false, "");
    }

    /** Whether it serves that start of an application, as far as is known. */
    public boolean isFor(String wantedRun) {
        return run.equals(wantedRun) || run.equals(UNKNOWN_RUN);
    }

    /** Whether all that is said of it behind its address is as wanted, as far as is known. */
    public boolean has(ServerOptions wanted, WantedServer server) {
        return options.equals(UNKNOWN_OPTIONS)
                || (options.equals(wanted)
                        && backup == server.backup()
                        && cookie.equals(server.cookie()));
    }

    /** The same with all that HAProxy does not tell, as it was known before. */
    public LiveServer completedBy(LiveServer before) {
        return new LiveServer(
                name,
                id,
                address,
                port,
                weight,
                enabled,
                before.options,
                before.run,
                before.backup,
                before.cookie);
    }

    /** The same, in maintenance. */
    public LiveServer maintained() {
        return new LiveServer(name, id, address, port, weight, false, options, run, backup, cookie);
    }

    /** The same, getting requests for that start of the application. */
    public LiveServer enabledFor(String newRun) {
        return new LiveServer(
                name, id, address, port, weight, true, options, newRun, backup, cookie);
    }

    /** The same with another weight. */
    public LiveServer weighing(int newWeight) {
        return new LiveServer(
                name, id, address, port, newWeight, enabled, options, run, backup, cookie);
    }

    /** The same at another address. */
    public LiveServer at(String newAddress, int newPort) {
        return new LiveServer(
                name, id, newAddress, newPort, weight, enabled, options, run, backup, cookie);
    }
}
