package io.signalbox.cli.doctor;

import io.signalbox.process.StartFailure;
import io.signalbox.watcher.EngineLook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at the engine that a watcher on this machine would speak to. */
final class EngineFindings {
    private EngineFindings() {}

    static List<Finding> look(EngineLook engine) throws InterruptedException {
        String subject = "engine " + engine.address();
        if (!engine.expected()) {
            return List.of(
                    Finding.skipped(subject, "there is no such socket: no watcher would run here"));
        }
        try {
            List<Finding> findings = new ArrayList<>(of(subject, engine.look()));
            engine.socket().ifPresent(socket -> findings.addAll(Rights.ofEngine(socket)));
            return findings;
        } catch (StartFailure e) {
            return List.of(refused(subject, engine, e));
        } catch (EngineLook.EngineFailed e) {
            return List.of(
                    Finding.fail(
                            subject,
                            String.valueOf(e.getMessage()),
                            "",
                            "start it, or name another one: --docker-host"));
        }
    }

    private static Finding refused(String subject, EngineLook engine, StartFailure failure) {
        String said = String.join("; ", failure.lines());
        boolean denied = said.startsWith("permission denied");
        String group = engine.socket().flatMap(Rights::group).orElse("of the socket");
        return Finding.fail(
                subject,
                denied ? "permission denied" : said,
                denied ? "a watcher must be root or in the group " + group : "",
                denied
                        ? "add its user to the group: usermod -aG " + group + " USER"
                        : "install Docker 20.10 or newer");
    }

    static List<Finding> of(String subject, EngineLook.Seen seen) {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                Finding.ok(
                        subject,
                        "%s, API %s, %s"
                                .formatted(
                                        seen.version(),
                                        seen.api(),
                                        seen.manager()
                                                ? "a manager of a Swarm"
                                                : seen.swarm().equals("active")
                                                        ? "a worker of a Swarm"
                                                        : "no Swarm")));
        if (seen.rootless() || seen.desktop()) {
            findings.add(
                    Finding.warn(
                            subject,
                            seen.rootless() ? "runs rootless" : "is Docker Desktop",
                            "containers' addresses cannot be reached from the host",
                            "run HAProxy in a container on their network, or publish their ports"
                                    + " and set addresses: published in the group"));
        }
        seen.time()
                .ifPresent(
                        time ->
                                findings.add(
                                        Clocks.judge(
                                                "the engine's clock",
                                                Duration.between(seen.asked(), time))));
        return findings;
    }
}
