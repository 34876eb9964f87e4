package io.signalbox.bench.fuzz;

import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.HttpPolicy.Maintenance;
import io.signalbox.schemas.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the entry of a service in the map {@code options} with its policy. */
final class OptionsReader {
    private OptionsReader() {}

    /** What differs; empty where nothing does. */
    static Optional<String> difference(String map, String service, Policy policy) {
        String prefix = service + " ";
        List<String> read =
                map.lines()
                        .filter(line -> line.startsWith(prefix))
                        .findFirst()
                        .map(line -> List.of(line.substring(prefix.length()).split("/", -1)))
                        .orElse(List.of("", "", "", "", "", "", ""));
        List<String> found = new ArrayList<>(read);
        // Where in the order the service is closed the text of its backend decides.
        found.replaceAll(field -> field.equals("2") && read.indexOf(field) == 1 ? "1" : field);
        List<String> said = said(policy);
        return found.equals(said)
                ? Optional.empty()
                : Optional.of("options are " + read + ", said was " + said);
    }

    private static List<String> said(Policy policy) {
        Integer status = policy.http().redirects().https();
        Maintenance maintenance = policy.http().maintenance();
        Hsts hsts = policy.http().hsts();
        List<String> said = new ArrayList<>();
        said.addAll(
                List.of(
                        status == null ? "" : status.toString(),
                        flag(maintenance != null && maintenance.text().isEmpty()),
                        millis(policy.timeouts().server()),
                        millis(policy.timeouts().tunnel()),
                        hsts == null ? "" : Long.toString(hsts.maxAge().toSeconds()),
                        flag(hsts != null && hsts.subdomains()),
                        flag(hsts != null && hsts.preload())));
        if (policy.http().clientCertificate()) {
            said.add("1");
        }
        return said;
    }

    private static String millis(@Nullable Duration time) {
        return time == null ? "" : Long.toString(time.toMillis());
    }

    private static String flag(boolean isSaid) {
        return isSaid ? "1" : "";
    }
}
