package io.signalbox.registry.core.doors;

import io.signalbox.haproxy.CertificateName;
import io.signalbox.haproxy.IllegalValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Docker Flow Proxy's API says of certificates. They are each proxy's own, and no private key
 * enters the log: what comes in goes to the appliers, and what they answered is the answer.
 */
public final class DockerFlowCertificates {
    private static final String NAME = "certName";
    private static final String ENDING = ".pem";

    private DockerFlowCertificates() {}

    /**
     * What one applier answered.
     *
     * @param applier where it takes certificates
     * @param status HTTP's; 0 where it did not answer
     * @param body its JSON; null where it answered none
     * @param detail why it failed; empty where it did not
     */
    public record Told(String applier, int status, @Nullable Json body, String detail) {
        boolean done() {
            return status == 200;
        }

        String line() {
            return applier + ": " + (status == 0 ? "" : status + ", ") + detail;
        }
    }

    /**
     * Under which name the certificate is to be kept; a file's ending is no part of it.
     *
     * @throws Refused with 400 where it is missing, is said twice or is no name
     */
    public static CertificateName name(Map<String, List<String>> query) {
        List<String> said = query.getOrDefault(NAME, List.of());
        if (said.size() != 1 || said.getFirst().isEmpty()) {
            throw refused(said.size() > 1 ? "must be said once" : "is mandatory", said);
        }
        String text = said.getFirst();
        try {
            return new CertificateName(
                    text.endsWith(ENDING)
                            ? text.substring(0, text.length() - ENDING.length())
                            : text);
        } catch (IllegalValue e) {
            throw refused(e.rule(), said);
        }
    }

    private static Refused refused(String rule, List<String> said) {
        return Problem.of(List.of(new Mistake(NAME, rule, String.join(", ", said)))).refused();
    }

    /** The answer once all appliers were given it: 400 where any did not take it. */
    public static Reply stored(CertificateName name, List<Told> told) {
        List<String> done = told.stream().filter(Told::done).map(Told::applier).toList();
        if (done.size() == told.size()) {
            return DockerFlowReply.ok("certificate " + name + " is stored at " + join(done));
        }
        boolean refused = told.stream().noneMatch(one -> one.done() || one.status() == 0);
        String elsewhere =
                refused
                        ? "nothing was changed"
                        : (done.isEmpty() ? "" : "it is at " + join(done) + "; ")
                                + "the same call may be made again";
        return DockerFlowReply.refused(
                400,
                "certificate-not-stored",
                "certificate %s is not known to be stored at %s; %s"
                        .formatted(name, join(failures(told)), elsewhere));
    }

    /** What certificates the appliers have; never their keys. 400 where any did not say. */
    public static Reply all(List<Told> told) {
        List<String> failures = failures(told);
        if (!failures.isEmpty()) {
            return DockerFlowReply.refused(400, "certificates-not-read", join(failures));
        }
        List<Object> all = new ArrayList<>();
        for (Told one : told) {
            if (one.body() instanceof Json.Obj body
                    && body.members().get("certificates") instanceof Json.Arr certificates) {
                certificates.elements().forEach(each -> all.add(tree(one.applier(), each)));
            }
        }
        return DockerFlowReply.certificates(all);
    }

    private static Map<String, Object> tree(String applier, Json certificate) {
        Map<String, Json> members =
                certificate instanceof Json.Obj one ? one.members() : new TreeMap<>();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ServiceName", text(members, "name"));
        tree.put("CertsDir", applier);
        tree.put("CertContent", "");
        tree.put("Sha256", text(members, "sha256"));
        tree.put("NotAfter", text(members, "notAfter"));
        return tree;
    }

    private static String text(Map<String, Json> members, String name) {
        return members.get(name) instanceof Json.Text text ? text.value() : "";
    }

    private static List<String> failures(List<Told> told) {
        return told.stream().filter(one -> !one.done()).map(Told::line).toList();
    }

    private static String join(List<String> parts) {
        return String.join("; ", parts);
    }
}
