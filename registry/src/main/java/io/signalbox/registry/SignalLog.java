package io.signalbox.registry;

import io.signalbox.registry.core.Signal;
import io.signalbox.schemas.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what the fold noticed. Repeats and zombies are counted only. */
final class SignalLog {
    private static final Logger log = LoggerFactory.getLogger(SignalLog.class);

    private SignalLog() {}

    static void say(Signal signal) {
        switch (signal) {
            case Signal.SessionCurrent s ->
                    log.atInfo()
                            .addKeyValue("host", s.host())
                            .addKeyValue("session", s.session())
                            .log("watcher session is current");
            case Signal.SessionRefused s ->
                    log.atError()
                            .addKeyValue("host", s.host())
                            .addKeyValue("session", s.session())
                            .addKeyValue("error", s.reason())
                            .log("watcher session refused");
            case Signal.ResyncWanted s ->
                    log.atWarn()
                            .addKeyValue("host", s.host())
                            .addKeyValue("session", s.session())
                            .addKeyValue("error", s.reason())
                            .log("new snapshot wanted");
            case Signal.StatusChanged s ->
                    log.atWarn()
                            .addKeyValue("host", s.host())
                            .addKeyValue("status", s.status())
                            .log("host status changed");
            case Signal.GapNoted s ->
                    log.atWarn()
                            .addKeyValue("host", s.host())
                            .addKeyValue("error", s.reason())
                            .log("watcher lost sight for a while");
            case Signal.DriftNoted s ->
                    log.atInfo()
                            .addKeyValue("host", s.host())
                            .addKeyValue("container", s.container())
                            .addKeyValue("difference", s.difference())
                            .log("watcher found a difference without an event");
            case Signal.UnknownFact s ->
                    log.atWarn()
                            .addKeyValue("subject", s.subject())
                            .addKeyValue("fact", s.description())
                            .log("fact of a newer version, counted and not applied");
            case Signal.RejectionShown s -> rejection(s);
            case Signal.ZombieFact _, Signal.RepeatedFact _ -> {}
        }
    }

    private static void rejection(Signal.RejectionShown shown) {
        Rejection rejection = shown.rejection();
        var line =
                log.atWarn()
                        .addKeyValue("host", shown.host())
                        .addKeyValue("container", shown.name())
                        .addKeyValue("rule", rejection.code())
                        .addKeyValue("key", rejection.key())
                        .addKeyValue("value", rejection.value())
                        .addKeyValue("error", rejection.message());
        if (rejection.suggestion() != null) {
            line = line.addKeyValue("suggestion", rejection.suggestion());
        }
        line.log("label not followed");
    }
}
