package io.signalbox.cli.doctor;

import io.signalbox.schemas.SubjectState;
import java.util.ArrayList;
import java.util.List;

/** What is to be said of the subjects of the schema registry. */
final class SchemaFindings {
    private static final String SETUP = "signalbox topics";

    private SchemaFindings() {}

    static List<Finding> of(List<SubjectState> states) {
        List<Finding> findings = new ArrayList<>();
        states.forEach(state -> findings.addAll(of(state)));
        return findings;
    }

    private static List<Finding> of(SubjectState state) {
        String subject = "schema " + state.subject();
        List<Finding> findings = new ArrayList<>();
        if (!state.refusals().isEmpty()) {
            findings.add(
                    Finding.fail(
                            subject,
                            "version %d of this build would be refused: %s"
                                    .formatted(state.versions(), state.refusals().getFirst()),
                            "what is registered must be older versions of it",
                            "see what else registered a schema there; use another --topic-prefix"
                                    + " for another system"));
        } else if (!state.registered()) {
            findings.add(
                    Finding.fail(
                            subject,
                            "version %d of this build is not registered"
                                    .formatted(state.versions()),
                            "",
                            SETUP));
        }
        if (state.registered() && !state.level().equals(SubjectState.LEVEL)) {
            findings.add(
                    Finding.fail(
                            subject,
                            "compatibility is "
                                    + (state.level().isEmpty()
                                            ? "the registry's own"
                                            : state.level()),
                            "must be " + SubjectState.LEVEL,
                            SETUP));
        }
        return findings.isEmpty()
                ? List.of(
                        Finding.ok(
                                subject,
                                "version %d, %s".formatted(state.versions(), state.level())))
                : findings;
    }
}
