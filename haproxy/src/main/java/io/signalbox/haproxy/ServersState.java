package io.signalbox.haproxy;

import java.util.ArrayList;
import java.util.List;

/** Reads the answer to {@code show servers state}. */
public final class ServersState {

    private static final String HEADER = "# be_id be_name srv_id srv_name";
    private static final int MAINTENANCE_FORCED = 0x01;
    private static final int DRAIN_FORCED = 0x08;

    private ServersState() {}

    /**
     * One server as the worker has it.
     *
     * @param address as the worker writes it; {@code -} for none
     * @param operational the worker's own verdict
     * @param administrative bits of HAProxy's; see {@link #inMaintenance} and {@link #draining}
     * @param weight as last set at run time
     * @param checkResult 3 once a check has passed
     */
    public record ServerState(
            Identifier backend,
            Identifier server,
            int id,
            String address,
            int port,
            Operational operational,
            int administrative,
            int weight,
            int checkResult) {

        /** Whether it is in maintenance by file or command. */
        public boolean inMaintenance() {
            return (administrative & MAINTENANCE_FORCED) != 0;
        }

        /** Whether it is drained by command. */
        public boolean draining() {
            return (administrative & DRAIN_FORCED) != 0;
        }

        /** Whether its address is the given one, however it is written. */
        public boolean isAt(ServerAddress expected) {
            try {
                return port == expected.port()
                        && new ServerAddress(address, expected.port()).equals(expected);
            } catch (IllegalValue e) {
                return false;
            }
        }
    }

    /** Operational states. */
    public enum Operational {
        STOPPED,
        STARTING,
        RUNNING,
        STOPPING,
        UNKNOWN
    }

    static boolean isAnswer(String answer) {
        return answer.contains(HEADER);
    }

    /**
     * The servers in the answer's order; lines that are none are left out.
     *
     * @throws IllegalValue if it is not such an answer
     */
    public static List<ServerState> parse(String answer) {
        if (!isAnswer(answer)) {
            throw new IllegalValue("answer to show servers state", "must have a header", answer);
        }
        var columns = List.<String>of();
        var servers = new ArrayList<ServerState>();
        for (var line : answer.lines().toList()) {
            if (line.startsWith(HEADER)) {
                columns = List.of(line.substring(2).strip().split(" ", -1));
            } else if (!columns.isEmpty()) {
                var fields = List.of(line.strip().split(" ", -1));
                if (fields.size() >= columns.size()) {
                    servers.add(server(new Row(columns, fields)));
                }
            }
        }
        return List.copyOf(servers);
    }

    private static ServerState server(Row row) {
        return new ServerState(
                new Identifier(row.text("be_name")),
                new Identifier(row.text("srv_name")),
                row.number("srv_id"),
                row.text("srv_addr"),
                row.number("srv_port"),
                operational(row.number("srv_op_state")),
                row.number("srv_admin_state"),
                row.number("srv_uweight"),
                row.number("srv_check_result"));
    }

    private static Operational operational(int code) {
        return switch (code) {
            case 0 -> Operational.STOPPED;
            case 1 -> Operational.STARTING;
            case 2 -> Operational.RUNNING;
            case 3 -> Operational.STOPPING;
            default -> Operational.UNKNOWN;
        };
    }

    private record Row(List<String> columns, List<String> fields) {
        String text(String column) {
            var index = columns.indexOf(column);
            if (index < 0) {
                throw new IllegalValue(
                        "answer to show servers state", "must have column " + column, "");
            }
            return fields.get(index);
        }

        int number(String column) {
            var text = text(column);
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalValue(column, "must be a number", text);
            }
        }
    }
}
