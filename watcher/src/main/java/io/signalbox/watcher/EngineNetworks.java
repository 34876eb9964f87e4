package io.signalbox.watcher;

import io.signalbox.watcher.EngineCalls.Answer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the engine's networks span hosts. Each is asked for once, since it never changes; while
 * the engine does not tell, nothing is said of those that are not known. Safe for all threads.
 */
final class EngineNetworks {
    private static final Logger log = LoggerFactory.getLogger(EngineNetworks.class);

    private final EngineCalls calls;
    private final Supplier<String> api;
    private volatile Map<String, Boolean> shared = Map.of();

    /**
     * Nothing was asked yet.
     *
     * @param calls of which none waits for this
     * @param api what all paths of the engine begin with
     */
    EngineNetworks(EngineCalls calls, Supplier<String> api) {
        this.calls = calls;
        this.api = api;
    }

    /**
     * Whether the network of this id spans hosts. One that the engine does not list is there no
     * more, and spans nothing.
     *
     * @throws Untold if the engine does not say so now
     */
    boolean isShared(String network) {
        Boolean known = shared.get(network);
        if (known != null) {
            return known;
        }
        learn();
        return shared.getOrDefault(network, false);
    }

    /** Asks in advance; where the engine does not tell, whoever needs one of them asks again. */
    void learnIfTold() {
        try {
            learn();
        } catch (Untold e) {
            log.atDebug().setCause(e).log("networks cannot be listed");
        }
    }

    private void learn() {
        String json =
                switch (calls.await(api.get() + "/networks", DockerSource.TEXT)) {
                    case Answer.Body<String>(String body) -> body;
                    case Answer.NotFound<String>() -> throw new Untold("the engine lists none");
                    case Answer.Unusable<String>(String reason) -> throw new Untold(reason);
                    case Answer.Failed<String>(String reason) -> throw new Untold(reason);
                };
        try {
            Map<String, Boolean> found = new HashMap<>();
            for (Object each : EngineJson.array(json)) {
                JsonObject network = (JsonObject) each;
                String scope = network.getString("Scope", "local");
                found.put(network.getString("Id", ""), !scope.equals("local"));
            }
            shared = found;
        } catch (DecodeException | ClassCastException e) {
            throw new Untold("a list that cannot be read");
        }
    }

    /** The engine does not say which networks span hosts, and why. */
    static final class Untold extends RuntimeException {
        Untold(String reason) {
            super("its networks cannot be told: " + reason);
        }
    }
}
