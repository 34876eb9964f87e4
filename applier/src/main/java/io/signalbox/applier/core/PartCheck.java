package io.signalbox.applier.core;

import io.signalbox.applier.core.plan.BackendNames;
import io.signalbox.applier.core.plan.HaproxyServers;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.haproxy.AllowedText;
import io.signalbox.haproxy.FrameSettings;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.ListenAddress;
import io.signalbox.haproxy.OptionsMap;
import io.signalbox.haproxy.Route;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.Policy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a part that came through the topic may become configuration and commands: whoever can
 * write to the topic must not thereby read files, run programs or open sockets on this machine.
 */
final class PartCheck {
    /** The subject of notes about the frame. */
    static final String FRAME = "frame";

    private PartCheck() {}

    /** What is wrong with a frame; empty where nothing is. */
    static Optional<Note> problem(Frame frame) {
        try {
            List<FrameSettings.EntryPoint> entries =
                    frame.entryPoints().stream().map(FrameSettings.EntryPoint::of).toList();
            Listen statistics = frame.statistics();
            if (statistics != null) {
                address(statistics);
            }
            Optional<String> problem =
                    AllowedText.problem(
                            new io.signalbox.haproxy.Frame(
                                    frame.global(), frame.defaults(), frame.sections()),
                            entries);
            for (SpareProfile profile : frame.spares()) {
                BackendNames.spares(profile);
                problem = problem.or(() -> AllowedText.problem(profile.backend()));
            }
            return problem.map(words -> new Note(Desired.QUARANTINED, FRAME, words));
        } catch (IllegalValue e) {
            return Optional.of(illegal(FRAME, e));
        }
    }

    private static ListenAddress address(Listen listen) {
        return new ListenAddress(listen.address(), listen.port());
    }

    /** What is wrong with a service; empty where nothing is. */
    static Optional<Note> problem(Service service) {
        try {
            BackendNames.own(service.service());
            check(service.policy());
            service.routes().forEach(Route::of);
            OptionsMap.value(service.live());
            Set<String> names = new HashSet<>();
            for (Server server : service.servers()) {
                check(service, server, names);
            }
            return AllowedText.problem(service.backend())
                    .map(words -> new Note(Desired.QUARANTINED, service.service(), words));
        } catch (IllegalValue e) {
            return Optional.of(illegal(service.service(), e));
        }
    }

    private static void check(Policy policy) {
        Duration drain = policy.drain();
        if (drain != null && !Policy.isDrain(drain)) {
            throw new IllegalValue("drain time", "must be from 1ms to 24h", drain.toString());
        }
    }

    private static void check(Service service, Server server, Set<String> names) {
        String name = new Identifier(server.name()).value();
        if (!names.add(name)) {
            throw new IllegalValue("server of " + service.service(), "must be there once", name);
        }
        for (Candidate candidate : server.candidates()) {
            HaproxyServers.of(
                    new LiveServer(
                            name,
                            1,
                            candidate.address(),
                            candidate.port(),
                            server.weight(),
                            false,
                            service.serverOptions(),
                            "",
                            server.backup(),
                            server.cookie()));
        }
    }

    private static Note illegal(String subject, IllegalValue mistake) {
        return new Note(Desired.ILLEGAL, subject, String.valueOf(mistake.getMessage()));
    }
}
