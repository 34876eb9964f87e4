package io.signalbox.bench;

import io.signalbox.cli.load.HttpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * HAProxy's own counters of a server that must stay 0, read from its statistics page. Used by one
 * thread.
 */
final class ServerCounters {

    private static final InetSocketAddress STATISTICS =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8404);
    private static final List<String> MUST_STAY_ZERO = List.of("econ", "eresp", "wretr", "wredis");

    /** One line for each counter that is not 0, of the server whose name ends in {@code .id}. */
    List<String> faults(String id) throws IOException {
        List<String> lines;
        try (HttpConnection connection = new HttpConnection(STATISTICS, 2_000)) {
            lines = connection.send("GET", "statistics", "/;csv", false).body().lines().toList();
        }
        List<String> heads = Arrays.asList(lines.getFirst().replace("# ", "").split(","));
        List<String> faults = new ArrayList<>();
        boolean found = false;
        for (String line : lines) {
            String[] cells = line.split(",", -1);
            if (cells.length > 1 && cells[1].endsWith("." + id)) {
                found = true;
                for (String counter : MUST_STAY_ZERO) {
                    String value = cells[heads.indexOf(counter)];
                    if (!value.equals("0")) {
                        faults.add("server " + cells[1] + ": " + counter + " is " + value);
                    }
                }
            }
        }
        if (!found) {
            faults.add("server of container " + id + " is not on the statistics page");
        }
        return faults;
    }
}
