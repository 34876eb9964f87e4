package io.signalbox.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The master's processes, from the answer to {@code show proc}.
 *
 * @param reloads how often it was reloaded
 * @param failedReloads how many reloads failed since the last good one
 * @param worker the pid of the current worker; empty while there is none
 * @param oldWorkers the pids of those that finish their connections
 * @param oldest how long the first started of those has run, to the second; zero if there is none
 */
public record MasterProcesses(
        long master,
        int reloads,
        int failedReloads,
        OptionalLong worker,
        List<Long> oldWorkers,
        Duration oldest) {

    private static final Pattern MASTER =
            Pattern.compile("(?m)^(\\d+) +master +(\\d{1,9})(?: +\\[failed: (\\d{1,9})\\])?");
    private static final Pattern WORKER =
            Pattern.compile(
                    "^(\\d+) +worker +\\d+ +(\\d{1,6})d(\\d{1,2})h(\\d{1,2})m(\\d{1,2})s.*");

    public MasterProcesses {
        oldWorkers = List.copyOf(oldWorkers);
    }

    static boolean isAnswer(String answer) {
        return MASTER.matcher(answer).find();
    }

    /**
     * Reads the answer.
     *
     * @throws IllegalValue if it names no master
     */
    public static MasterProcesses parse(String answer) {
        var master = MASTER.matcher(answer);
        if (!master.find()) {
            throw new IllegalValue("answer to show proc", "must have a master", answer);
        }
        var worker = OptionalLong.empty();
        var oldWorkers = new ArrayList<Long>();
        var oldest = Duration.ZERO;
        var old = false;
        for (var line : answer.lines().toList()) {
            old |= line.startsWith("# old workers");
            var matcher = WORKER.matcher(line);
            if (matcher.matches()) {
                var pid = Long.parseLong(matcher.group(1));
                if (old) {
                    oldWorkers.add(pid);
                    var age = age(matcher);
                    oldest = age.compareTo(oldest) > 0 ? age : oldest;
                } else {
                    worker = OptionalLong.of(pid);
                }
            }
        }
        var failed = master.group(3);
        return new MasterProcesses(
                Long.parseLong(master.group(1)),
                Integer.parseInt(master.group(2)),
                failed == null ? 0 : Integer.parseInt(failed),
                worker,
                oldWorkers,
                oldest);
    }

    private static Duration age(Matcher worker) {
        return Duration.ofDays(Long.parseLong(worker.group(2)))
                .plusHours(Long.parseLong(worker.group(3)))
                .plusMinutes(Long.parseLong(worker.group(4)))
                .plusSeconds(Long.parseLong(worker.group(5)));
    }
}
