package io.signalbox.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Keeps one endpoint registered.
 *
 * @param id the endpoint's id
 * @param body what is registered, as JSON
 */
record Registrar(ApiClient api, String id, String body) {

    /** How an attempt ended. */
    sealed interface Outcome {
        /** It is registered; {@code text} says how it was: registered, changed or renewed. */
        record Done(String text) implements Outcome {}

        /** It will be refused next time, too. */
        record Refused(String reason) implements Outcome {}

        /** It may work next time. */
        record Failed(String reason) implements Outcome {}
    }

    /** Registers it, or renews what is registered already. */
    Outcome register() {
        try {
            ApiClient.Answer answer = api.send("PUT", path(), body);
            if (answer.status() == 200 || answer.status() == 201) {
                return new Outcome.Done(answer.body().path("outcome").asText() + " " + id);
            }
            boolean passing = answer.status() == 503 || answer.status() == 500;
            return passing
                    ? new Outcome.Failed(answer.detail())
                    : new Outcome.Refused(answer.detail());
        } catch (OperationFailed e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Takes it back; one that is not there is gone already.
     *
     * @throws OperationFailed when it may still be registered
     */
    TakenBack deregister() {
        ApiClient.Answer answer = api.send("DELETE", path(), "");
        return switch (answer.status()) {
            case 200 -> new TakenBack(true, "deregistered " + id);
            case 404 -> new TakenBack(false, id + " is not registered");
            default -> throw new OperationFailed(id + " is not deregistered: " + answer.detail());
        };
    }

    /**
     * It is registered no more.
     *
     * @param wasThere whether it was until now
     */
    record TakenBack(boolean wasThere, String text) {}

    private String path() {
        return "/v1/endpoints/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
