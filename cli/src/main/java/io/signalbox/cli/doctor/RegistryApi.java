package io.signalbox.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the registry's API once, and keeps its answer for those who judge it. Safe for all threads.
 */
final class RegistryApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the registry counts of facts and sessions that it did not take. */
    private static final Pattern COUNTER =
            Pattern.compile(
                    "(?m)^signalbox_registry_(zombies|sessions_refused)_total(?:\\{.*?})? ([0-9.Ee+]+)$");

    private final ApiSource source;
    private volatile @Nullable JsonNode status;

    RegistryApi(ApiSource source) {
        this.source = source;
    }

    List<Finding> look() {
        String subject = "registry's API " + source.url();
        try {
            status = JSON.readTree(source.text().apply("/v1/status"));
            return List.of(Finding.ok(subject, "answers"));
        } catch (JsonProcessingException e) {
            return List.of(
                    Finding.fail(subject, "is not that of a registry", "", "correct --api-url"));
        } catch (RuntimeException e) {
            String remedy = "start a signalbox registry, or say where one is: --api-url";
            return List.of(
                    source.named()
                            ? Finding.fail(subject, Reasons.of(e), "", remedy)
                            : Finding.warn(
                                    subject,
                                    Reasons.of(e),
                                    "it is looked for there because nothing names it",
                                    remedy));
        }
    }

    List<Finding> registry() {
        List<Finding> findings = new ArrayList<>(answer().registry());
        findings.addAll(counted(source.text().apply("/metrics")));
        return findings;
    }

    List<Finding> hosts() {
        return answer().hosts();
    }

    List<Finding> services() {
        return answer().services();
    }

    List<Finding> groups() {
        return answer().groups();
    }

    List<Finding> appliers() {
        return answer().appliers();
    }

    private StatusFindings answer() {
        JsonNode answer = status;
        if (answer == null) {
            throw new IllegalStateException("the API was not asked yet");
        }
        return new StatusFindings(answer, Instant.now());
    }

    /** Facts of watchers that others replaced, since the registry started. */
    static List<Finding> counted(String metrics) {
        List<Finding> findings = new ArrayList<>();
        Matcher matcher = COUNTER.matcher(metrics);
        while (matcher.find()) {
            long count = (long) Double.parseDouble(matcher.group(2));
            if (count > 0) {
                boolean zombie = matcher.group(1).equals("zombies");
                findings.add(
                        Finding.warn(
                                "watchers",
                                zombie
                                        ? count + " facts of older sessions were ignored"
                                        : count + " sessions of other engines were refused",
                                "counted since this registry started",
                                zombie
                                        ? "see that each host has one watcher only"
                                        : "see that each host has a --host-id of its own"));
            }
        }
        return findings;
    }
}
