package io.signalbox.applier.certificates;

import io.signalbox.haproxy.CertificateName;
import io.signalbox.schemas.ConfigRecord.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is not as it should be with certificates, for results and logs. */
final class CertificateNotes {
    private static final Logger log = LoggerFactory.getLogger(CertificateNotes.class);

    private CertificateNotes() {}

    /** Says in the log what was not said before, and that all is well again. */
    static void log(List<Note> found, List<Note> before) {
        for (Note note : found) {
            if (!before.contains(note)) {
                log.atWarn()
                        .addKeyValue("certificate", note.subject())
                        .addKeyValue("error", note.message())
                        .log("a certificate is not as it should be");
            }
        }
        if (found.isEmpty() && !before.isEmpty()) {
            log.atInfo().log("all certificates are as they should be");
        }
    }

    /**
     * The notes.
     *
     * @param missing client authorities that an entry point names and the store does not have
     * @param selfSigned whether a certificate of ours stands in for the operator's
     */
    static List<Note> of(
            Instant now,
            List<CertificateKeeper.Standing> standing,
            String trouble,
            List<CertificateName> missing,
            boolean selfSigned) {
        List<Note> notes = new ArrayList<>();
        if (!trouble.isEmpty()) {
            notes.add(note("store", trouble));
        }
        for (CertificateKeeper.Standing one : standing) {
            Certificate certificate = one.certificate();
            if (!one.refused().isEmpty()) {
                notes.add(
                        note(
                                one.name(),
                                one.refused()
                                        + (certificate == null
                                                ? ": it is not used"
                                                : ": the last good one goes on serving")));
            } else if (certificate != null && now.isAfter(certificate.notAfter())) {
                notes.add(note(one.name(), "it has expired, on " + certificate.notAfter()));
            }
        }
        for (CertificateName name : missing) {
            notes.add(
                    note(
                            StoreScan.CLIENT_CA + "/" + name,
                            "it is not in the store: no certificate of a client is accepted"));
        }
        if (selfSigned) {
            notes.add(
                    note(
                            "default",
                            "there is none: a self-signed one serves, which clients do not take"
                                    + " for valid"));
        }
        return List.copyOf(notes);
    }

    private static Note note(String name, String words) {
        return new Note(CertificateKeeper.CODE, "certificate/" + name, words);
    }
}
