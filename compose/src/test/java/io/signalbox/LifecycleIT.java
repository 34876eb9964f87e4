package io.signalbox;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a service's requests are answered while its container goes through its states. */
@Timeout(120)
@ExtendWith(Chain.Shared.class)
class LifecycleIT {
    private static Chain chain;
    private static Engine engine;

    @BeforeAll
    static void start(Chain shared) {
        engine = new Engine("sem-lifecycle-");
        chain = shared;
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void shouldAnswer503WhileTheContainerExistsAnd404AfterItsRemoval() {
        String id = run("exits");
        chain.awaitServed("exits.test", "/", id);

        engine.docker().stopContainerCmd(id).withTimeout(1).exec();
        chain.awaitStatus("exits.test", "/", 503);
        chain.awaitWhy("exits.test", "its state is exited");
        engine.docker().startContainerCmd(id).exec();
        chain.awaitServed("exits.test", "/", id);
        engine.docker().restartContainerCmd(id).withTimeout(1).exec();
        chain.awaitServed("exits.test", "/", id);
        engine.remove(id);

        chain.awaitStatus("exits.test", "/", 404);
    }

    @Test
    void shouldServeAContainerWithAHealthCheckOnlyWhileItIsHealthy() {
        String sick =
                engine.run(
                        "sick",
                        Map.of("signalbox.host", "sick.test"),
                        made -> made.withHealthcheck(Engine.HEALTH_CHECK).withEnv("FAIL_HEALTH=1"));
        String id =
                engine.run(
                        "healthy",
                        Map.of("signalbox.host", "healthy.test"),
                        made -> made.withHealthcheck(Engine.HEALTH_CHECK));
        chain.awaitServed("healthy.test", "/", id);
        chain.awaitWhy(engine.name("sick"), "its health is unhealthy, not healthy");
        chain.awaitStatus("sick.test", "/", 503);

        engine.docker().killContainerCmd(id).withSignal("STOP").exec();
        chain.awaitWhy(engine.name("healthy"), "its health is unhealthy");
        chain.awaitStatus("healthy.test", "/", 503);
        engine.docker().killContainerCmd(id).withSignal("CONT").exec();

        chain.awaitServed("healthy.test", "/", id);
        engine.remove(sick);
        chain.awaitStatus("sick.test", "/", 404);
    }

    @Test
    void shouldNotServePausedAndOneOffContainers() {
        String id = run("paused");
        engine.run(
                "one-off",
                Map.of("signalbox.host", "one-off.test", "com.docker.compose.oneoff", "True"));
        chain.awaitServed("paused.test", "/", id);

        engine.docker().pauseContainerCmd(id).exec();
        chain.awaitStatus("paused.test", "/", 503);
        chain.awaitWhy("paused.test", "it is paused");
        engine.docker().unpauseContainerCmd(id).exec();

        chain.awaitServed("paused.test", "/", id);
        chain.awaitStatus("one-off.test", "/", 503);
        chain.awaitWhy("one-off.test", "it is a one-off container of Compose");
    }

    @Test
    void shouldFollowARenameWithoutLosingItsRoute() {
        String id = run("old");
        chain.awaitServed("old.test", "/", id);

        engine.docker().renameContainerCmd(id).withName(engine.name("new")).exec();

        chain.awaitWhy("old.test", "leads to service " + engine.name("new") + ",");
        chain.awaitServed("old.test", "/", id);
    }

    @Test
    void shouldServeOnlyWhatAcceptsConnections() {
        String slow =
                engine.run(
                        "slow",
                        Map.of("signalbox.host", "slow.test"),
                        made -> made.withEnv("START_DELAY_MS=5000"));

        chain.awaitStatus("slow.test", "/", 503);
        chain.awaitServed("slow.test", "/", slow);
    }

    private static String run(String name) {
        return engine.run(name, Map.of("signalbox.host", name + ".test"));
    }
}
