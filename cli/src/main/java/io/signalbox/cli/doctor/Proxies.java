package io.signalbox.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.applier.ProxyLook;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.MasterProcesses;
import io.signalbox.haproxy.ProcessInfo;
import io.signalbox.process.HostPort;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the applier and the HAProxy of this machine, if there are any. */
final class Proxies {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long MIB = 1024 * 1024;
    private static final long LITTLE = 1024 * MIB;
    private static final long TOO_LITTLE = 64 * MIB;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProxyLook proxy;

    Proxies(ProxyLook proxy) {
        this.proxy = proxy;
    }

    List<Finding> look() throws IOException, InterruptedException {
        Path directory = proxy.directory();
        if (!Files.isDirectory(directory)) {
            return List.of(
                    Finding.skipped(
                            "applier's directory " + directory,
                            "it is not there: no applier runs here (--applier-dir)"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.addAll(binary());
        findings.add(applier());
        findings.addAll(sockets());
        findings.add(space(directory));
        return findings;
    }

    private List<Finding> binary() {
        String subject = "HAProxy's binary " + proxy.binary();
        try {
            return HaproxyAdvice.of(subject, proxy.version());
        } catch (StartFailure e) {
            return List.of(
                    Finding.fail(
                            subject,
                            String.join("; ", e.lines()),
                            "",
                            "install HAProxy, or say where it is: --haproxy"));
        }
    }

    /** The applier's own address: its own, free, or somebody else's. */
    private Finding applier() throws InterruptedException {
        HostPort address = proxy.health();
        String subject = "applier at " + address;
        URI uri = URI.create("http://" + reachable(address) + "/health/ready");
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString());
            return ready(subject, JSON.readTree(answer.body()));
        } catch (ConnectException e) {
            return Finding.warn(
                    subject,
                    "nobody listens there",
                    "HAProxy serves on, without changes, while its applier is away",
                    "start signalbox applier, or say where it listens: --applier-http-listen");
        } catch (HttpTimeoutException e) {
            return Finding.fail(
                    subject,
                    "no answer within " + PATIENCE.toSeconds() + " s",
                    "HAProxy serves on, without changes, while its applier hangs",
                    "see its log, and the load of this machine");
        } catch (IOException e) {
            return occupied(subject);
        }
    }

    private static HostPort reachable(HostPort address) {
        boolean all = address.host().isEmpty() || address.host().equals("0.0.0.0");
        return all ? new HostPort("127.0.0.1", address.port()) : address;
    }

    private static Finding ready(String subject, JsonNode health) {
        if (!health.path("process").asText("").equals("applier")) {
            return occupied(subject);
        }
        if (health.path("ready").asBoolean()) {
            return Finding.ok(subject, "ready");
        }
        List<String> causes = new ArrayList<>();
        health.path("causes")
                .properties()
                .forEach(cause -> causes.add(cause.getKey() + ": " + cause.getValue().asText()));
        return Finding.fail(
                subject, "is not ready: " + String.join("; ", causes), "", "see its log");
    }

    private static Finding occupied(String subject) {
        return Finding.fail(
                subject,
                "something else listens there",
                "an applier cannot start",
                "give it another address: --applier-http-listen");
    }

    private List<Finding> sockets() {
        if (!proxy.configured()) {
            return List.of(
                    Finding.skipped(
                            "HAProxy's sockets",
                            "no applier has put a configuration in force yet"));
        }
        List<Finding> findings = new ArrayList<>();
        Optional<Path> master = proxy.masterSocket();
        master.ifPresent(socket -> findings.addAll(master(socket)));
        Path worker = proxy.runtimeSocket();
        findings.addAll(Rights.ofHaproxy("worker's socket", worker));
        findings.add(worker(worker));
        return findings;
    }

    private List<Finding> master(Path socket) {
        List<Finding> findings = new ArrayList<>(Rights.ofHaproxy("master's socket", socket));
        try {
            MasterProcesses processes = proxy.master(socket);
            String value =
                    "%d reloads, %d old workers"
                            .formatted(processes.reloads(), processes.oldWorkers().size());
            findings.add(
                    processes.failedReloads() > 0
                            ? Finding.fail(
                                    "HAProxy's master",
                                    "its last %d reloads failed"
                                            .formatted(processes.failedReloads()),
                                    "the old worker serves on",
                                    "see haproxy.log in the applier's directory")
                            : Finding.ok("HAProxy's master", value));
        } catch (IOException e) {
            findings.add(mute("HAProxy's master", socket, e));
        }
        return findings;
    }

    private Finding worker(Path socket) {
        try {
            ProcessInfo info = proxy.worker();
            HaproxyVersion running = info.version();
            String value =
                    "HAProxy %s, pid %d, running for %s"
                            .formatted(
                                    running, info.pid(), info.values().getOrDefault("Uptime", "?"));
            return running.equals(onDisk().orElse(running))
                    ? Finding.ok("HAProxy's worker", value)
                    : Finding.warn(
                            "HAProxy's worker",
                            value,
                            "the binary is "
                                    + onDisk().map(HaproxyVersion::toString).orElse("gone"),
                            "start HAProxy anew, a reload is not enough");
        } catch (IOException e) {
            return mute("HAProxy's worker", socket, e);
        }
    }

    private Optional<HaproxyVersion> onDisk() {
        try {
            return Optional.of(proxy.version());
        } catch (StartFailure e) {
            return Optional.empty();
        }
    }

    private static Finding mute(String subject, Path socket, IOException failure) {
        boolean denied =
                failure instanceof AccessDeniedException
                        || (Files.exists(socket) && !Files.isWritable(socket));
        return denied
                ? Finding.skipped(subject, "only its owner, or root, may use " + socket)
                : Finding.fail(
                        subject,
                        "does not answer at " + socket + ": " + Reasons.of(failure),
                        "",
                        "start the applier, which starts it, or see haproxy.log in its directory");
    }

    private static Finding space(Path directory) throws IOException {
        FileStore store = Files.getFileStore(directory);
        return space("disk of " + directory, store.getUsableSpace(), store.getTotalSpace());
    }

    static Finding space(String subject, long free, long all) {
        String value = "%,d of %,d MiB free".formatted(free / MIB, all / MIB);
        String rule = "each configuration is written beside the last one before it is put in force";
        if (free < TOO_LITTLE) {
            return Finding.fail(subject, value, rule, "make room");
        }
        return free < LITTLE
                ? Finding.warn(subject, value, rule, "make room")
                : Finding.ok(subject, value);
    }
}
