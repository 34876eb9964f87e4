package io.signalbox.bench.faults;

import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.time.Duration;

/**
 * Somebody changes topics under Signalbox.
 *
 * @param how what is done
 */
record TopicFault(How how) implements FaultCase {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String STATE = Topic.SERVICE_STATE.topicName(Rig.PREFIX);
    private static final String EVENTS = Topic.CONTAINER_EVENTS.topicName(Rig.PREFIX);
    private static final String CONFIGS = Topic.PROXY_CONFIGS.topicName(Rig.PREFIX, "default");

    /** What is done. */
    enum How {
        WRONG_SETTINGS,
        EMPTIED,
        CONFIGS_RECREATED,
        EVENTS_RECREATED
    }

    @Override
    public String name() {
        return switch (how) {
            case WRONG_SETTINGS -> "topic-settings";
            case EMPTIED -> "topic-emptied";
            case CONFIGS_RECREATED -> "configs-recreated";
            case EVENTS_RECREATED -> "events-recreated";
        };
    }

    @Override
    public String about() {
        return switch (how) {
            case WRONG_SETTINGS ->
                    "a topic gets a wrong clean-up policy: who starts refuses and names it, HAProxy serves; the truth within 6 s of the repair";
            case EMPTIED ->
                    "all facts, groups and results are deleted from their topics: HAProxy serves, changes go on within 4 s";
            case CONFIGS_RECREATED ->
                    "the group's topic is created again: HAProxy serves, the running applier names both ids and says how to go on; the truth within 10 s once adopted";
            case EVENTS_RECREATED ->
                    "the facts' topic is created again: HAProxy serves, the registry names both ids; the truth within 15 s once adopted";
        };
    }

    @Override
    public Duration limit() {
        return switch (how) {
            case WRONG_SETTINGS -> Duration.ofSeconds(6);
            case EMPTIED -> Duration.ofSeconds(4);
            case CONFIGS_RECREATED -> Duration.ofSeconds(10);
            case EVENTS_RECREATED -> Duration.ofSeconds(15);
        };
    }

    @Override
    public boolean deletesFacts() {
        return how == How.EMPTIED || how == How.EVENTS_RECREATED;
    }

    @Override
    public Installation.Needs needs() {
        return Installation.Needs.ALONE;
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void round(Rig rig) throws Exception {
        try (RawLog log = new RawLog(rig.bootstrapServers())) {
            switch (how) {
                case WRONG_SETTINGS -> wrongSettings(rig, log);
                case EMPTIED -> emptied(rig, log);
                case CONFIGS_RECREATED -> configsRecreated(rig, log);
                case EVENTS_RECREATED -> eventsRecreated(rig, log);
            }
        }
    }

    private static void wrongSettings(Rig rig, RawLog log)
            throws IOException, InterruptedException {
        log.set(STATE, "cleanup.policy", "delete");
        rig.injected("wrong clean-up policy");
        rig.kill("registry");
        rig.restart("registry");
        rig.churn().step();
        rig.await(
                "the registry refuses to start and names the topic's setting",
                PATIENCE,
                () ->
                        !rig.processes().alive("registry")
                                && rig.processes().said("registry").contains("cleanup.policy"));
        log.set(STATE, "cleanup.policy", "compact");
        long since = System.nanoTime();
        rig.restart("registry");
        rig.converge(since);
    }

    private static void emptied(Rig rig, RawLog log) throws IOException, InterruptedException {
        rig.churn().step();
        rig.converge(System.nanoTime());
        for (Topic topic : Topic.values()) {
            if (!topic.compacted()) {
                log.empty(topic.topicName(Rig.PREFIX));
                rig.injected("topic emptied");
            }
        }
        rig.churn().step();
        rig.converge(System.nanoTime());
        for (String process : new String[] {"watcher", "registry", "renderer", "applier"}) {
            rig.kill(process);
            rig.restart(process);
        }
        rig.churn().step();
        rig.converge(System.nanoTime(), Duration.ofSeconds(10));
    }

    private static void configsRecreated(Rig rig, RawLog log)
            throws IOException, InterruptedException {
        String before = log.id(CONFIGS);
        recreate(rig, log, CONFIGS);
        String now = log.id(CONFIGS);
        rig.churn().step();
        rig.await("the applier names both ids", PATIENCE, () -> names(rig, "applier", before, now));
        rig.await(
                "the running applier says how to go on",
                PATIENCE,
                () ->
                        rig.processes()
                                .ask("applier", "/health/ready")
                                .contains("--adopt-topic " + now));
        rig.kill("applier");
        long since = System.nanoTime();
        rig.processes().start("applier", "--adopt-topic", now);
        rig.converge(since);
        rig.churn().step();
        rig.converge(System.nanoTime());
    }

    private static void eventsRecreated(Rig rig, RawLog log)
            throws IOException, InterruptedException {
        String before = log.id(EVENTS);
        recreate(rig, log, EVENTS);
        String now = log.id(EVENTS);
        rig.churn().step();
        rig.await(
                "the registry names both ids", PATIENCE, () -> names(rig, "registry", before, now));
        long since = System.nanoTime();
        rig.installation().operator("topics", "--adopt", Topic.CONTAINER_EVENTS.shortName());
        rig.converge(since);
        rig.churn().step();
        rig.converge(System.nanoTime());
    }

    private static boolean names(Rig rig, String process, String before, String now)
            throws IOException {
        String said = rig.processes().said(process) + rig.processes().ask(process, "/health/ready");
        return said.contains(before) && said.contains(now);
    }

    private static void recreate(Rig rig, RawLog log, String topic)
            throws IOException, InterruptedException {
        log.delete(topic);
        rig.await("the topic is gone", PATIENCE, () -> !log.topics().contains(topic));
        setUp(rig);
        rig.injected("topic created again");
    }

    /** What an operator does after a topic is gone. */
    private static void setUp(Rig rig) throws IOException {
        rig.installation().operator("topics");
    }
}
