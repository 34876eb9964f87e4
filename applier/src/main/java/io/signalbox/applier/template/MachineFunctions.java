package io.signalbox.applier.template;

import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Functions that ask the machine. */
final class MachineFunctions {
    private MachineFunctions() {}

    static Map<String, Call.Body> of(Machine machine) {
        Map<String, Call.Body> all = new TreeMap<>();
        all.put("getenv", call -> variable(machine, call));
        all.put("datetime", call -> now(machine, call));
        all.put("fileExists", call -> machine.fileExists(call.text(0)));
        all.put("lookupIP", call -> addresses(machine, call, _ -> true));
        all.put("lookupIPV4", call -> addresses(machine, call, one -> !isIpV6(one)));
        all.put("lookupIPV6", call -> addresses(machine, call, MachineFunctions::isIpV6));
        all.put("lookupSRV", call -> services(machine, call));
        return all;
    }

    private static String variable(Machine machine, Call call) {
        String name = call.text(0);
        return machine.variable(name)
                .or(() -> call.has(1) ? Optional.of(call.text(1)) : Optional.empty())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the environment has no variable " + name));
    }

    /** Without a pattern by seconds, as ISO 8601 has it. */
    private static String now(Machine machine, Call call) {
        return call.has(0)
                ? machine.now().format(DateTimeFormatter.ofPattern(call.text(0)))
                : machine.now()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static List<String> addresses(Machine machine, Call call, Predicate<String> wanted)
            throws IOException {
        return machine.addresses(call.text(0)).stream().filter(wanted).sorted().distinct().toList();
    }

    private static boolean isIpV6(String address) {
        return address.indexOf(':') >= 0;
    }

    private static List<Map<String, Object>> services(Machine machine, Call call)
            throws IOException {
        return machine.services(call.text(0)).stream()
                .sorted()
                .map(MachineFunctions::service)
                .toList();
    }

    private static Map<String, Object> service(String record) {
        String[] words = record.split(" ", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("is no record of type SRV: " + record);
        }
        return Map.of(
                "priority",
                Long.valueOf(words[0]),
                "weight",
                Long.valueOf(words[1]),
                "port",
                Long.valueOf(words[2]),
                "target",
                words[3]);
    }
}
