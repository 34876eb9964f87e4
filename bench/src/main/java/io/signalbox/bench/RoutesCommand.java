package io.signalbox.bench;

import io.signalbox.bench.routes.RoutesBench;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox bench routes}: what many routes cost HAProxy. */
@Command(
        name = "routes",
        mixinStandardHelpOptions = true,
        description = {
            "Measures HAProxy's CPU time for a request with many routes beside the same with one, and"
                    + " how long a change of one of many takes.",
            "Exit code 1 when many exact hosts and path prefixes cost over 10 %% more, or a change over"
                    + " 20 ms."
        })
final class RoutesCommand implements Callable<Integer> {

    @Option(
            names = "--haproxy",
            paramLabel = "PATH",
            defaultValue = "/usr/sbin/haproxy",
            description = "HAProxy's binary (default: /usr/sbin/haproxy).")
    private Path haproxy = Path.of("/usr/sbin/haproxy");

    @Option(
            names = "--routes",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many routes (default: 10000).")
    private int routes = 10_000;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "60000",
            description = "Requests of each run (default: 60000).")
    private int requests = 60_000;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "7",
            description = "Runs of each, in turn; medians are printed (default: 7).")
    private int runs = 7;

    @Override
    public Integer call() throws Exception {
        Machine.print();
        return new RoutesBench(haproxy, routes, requests, runs).measure() ? 0 : 1;
    }
}
