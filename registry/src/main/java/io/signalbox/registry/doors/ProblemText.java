package io.signalbox.registry.doors;

import io.signalbox.registry.core.doors.Mistake;
import io.signalbox.registry.core.doors.Problem;
import io.signalbox.registry.core.doors.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.TreeMap;

/** Problems in the form of RFC 9457, {@code application/problem+json}. */
final class ProblemText {
    private ProblemText() {}

    static Reply of(Problem problem) {
        JsonObject body =
                new JsonObject()
                        .put("type", "urn:signalbox:error:" + problem.code())
                        .put("title", problem.code().replace('-', ' '))
                        .put("status", problem.status())
                        .put("detail", problem.detail());
        if (!problem.mistakes().isEmpty()) {
            JsonArray mistakes = new JsonArray();
            for (Mistake mistake : problem.mistakes()) {
                mistakes.add(
                        new JsonObject()
                                .put("at", mistake.at())
                                .put("rule", mistake.rule())
                                .put("value", mistake.value()));
            }
            body.put("mistakes", mistakes);
        }
        return new Reply(
                problem.status(),
                "application/problem+json",
                body.encode() + "\n",
                new TreeMap<>());
    }
}
