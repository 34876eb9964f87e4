package io.signalbox.applier.certificates;

import io.signalbox.applier.RuntimeSocket;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.CertificateAnswers;
import io.signalbox.haproxy.CertificateCommand.AbortCertificate;
import io.signalbox.haproxy.CertificateCommand.AddToList;
import io.signalbox.haproxy.CertificateCommand.CommitCertificate;
import io.signalbox.haproxy.CertificateCommand.DeleteCertificate;
import io.signalbox.haproxy.CertificateCommand.DeleteFromList;
import io.signalbox.haproxy.CertificateCommand.NewCertificate;
import io.signalbox.haproxy.CertificateCommand.SetCertificate;
import io.signalbox.haproxy.CertificateCommand.ShowAuthorities;
import io.signalbox.haproxy.CertificateCommand.ShowCertificate;
import io.signalbox.haproxy.CertificateCommand.ShowCertificates;
import io.signalbox.haproxy.CertificateCommand.ShowList;
import io.signalbox.haproxy.CertificateCommand.ShowLists;
import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.CertificateName;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.ProcessInfo;
import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The certificates that the worker serves with: compares them with those that it shall have, and
 * makes them so. What commands cannot do a reload does. One thread.
 */
final class WorkerCertificates {
    private final RuntimeSocket socket;
    private final CertificateFiles files;

    /** Talks by that socket; certificates lie in those files. */
    WorkerCertificates(RuntimeSocket socket, CertificateFiles files) {
        this.socket = socket;
        this.files = files;
    }

    /**
     * What was done.
     *
     * @param changed the files whose certificates serve only from now on, or no longer
     * @param problems why some of it takes a reload; empty if all is done
     */
    record Outcome(List<ConfigPath> changed, List<String> problems) {}

    /** The worker that answers. */
    ProcessInfo worker() throws IOException {
        try {
            return ProcessInfo.parse(socket.ask(new RuntimeCommand.ShowInfo()));
        } catch (IllegalValue e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Makes the worker serve with these; one that speaks no TLS is left alone.
     *
     * @param again files to set also if the worker seems to have them
     */
    Outcome bring(Served served, Set<ConfigPath> again, ProcessInfo worker) throws IOException {
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
        ConfigPath list = files.list();
        if (!CertificateAnswers.files(socket.ask(new ShowLists())).contains(list.value())) {
            return outcome;
        }
        Capabilities capabilities = worker.version().capabilities();
        Set<String> known = known(new ShowCertificates());
        Set<String> listed =
                new HashSet<>(CertificateAnswers.entries(socket.ask(new ShowList(list))));
        for (Map.Entry<ConfigPath, Certificate> entry : served.byFile(files).entrySet()) {
            ConfigPath file = entry.getKey();
            boolean isKnown = known.contains(file.value());
            if (!isKnown || again.contains(file) || !serves(file, entry.getValue())) {
                set(file, entry.getValue().pem(), isKnown, capabilities, outcome);
            }
            if (!listed.contains(file.value()) && outcome.problems().isEmpty()) {
                call(new AddToList(list, file), outcome);
            }
        }
        remove(served, listed, outcome);
        authorities(served, outcome);
        return outcome;
    }

    /** Those who sign certificates of clients take a reload. */
    private void authorities(Served served, Outcome outcome) throws IOException {
        for (CertificateName name : served.authorities().keySet()) {
            Set<String> signers = served.signers(name);
            Reply reply =
                    socket.call(new RuntimeLine(List.of(new ShowAuthorities(files.clientCa(name)))))
                            .getFirst();
            // Whom it does not know, none of its entry points asks.
            if (reply instanceof Reply.Ok(String text)
                    && !CertificateAnswers.all(text).equals(signers)) {
                outcome.problems()
                        .add("client authority %s (SHA-1 %s)".formatted(name, sorted(signers)));
            }
        }
    }

    private static String sorted(Set<String> signers) {
        return String.join(", ", new TreeSet<>(signers));
    }

    private Set<String> known(RuntimeCommand question) throws IOException {
        return new HashSet<>(CertificateAnswers.files(socket.ask(question)));
    }

    private boolean serves(ConfigPath file, Certificate certificate) throws IOException {
        return CertificateAnswers.sha1(socket.ask(new ShowCertificate(file)))
                .filter(certificate.sha1()::equals)
                .isPresent();
    }

    private void set(
            ConfigPath file, String pem, boolean known, Capabilities capabilities, Outcome outcome)
            throws IOException {
        if (pem.length() > capabilities.payloadBytes()) {
            outcome.problems().add(file + " is too long for a command");
            return;
        }
        if (!known && !call(new NewCertificate(file), outcome)) {
            return;
        }
        if (call(new SetCertificate(file, pem), outcome)
                && call(new CommitCertificate(file), outcome)) {
            outcome.changed().add(file);
        } else {
            socket.call(new RuntimeLine(List.of(new AbortCertificate(file))));
        }
    }

    private void remove(Served served, Set<String> listed, Outcome outcome) throws IOException {
        Set<String> wanted = new HashSet<>();
        served.byFile(files).keySet().forEach(file -> wanted.add(file.value()));
        for (String file : listed) {
            if (!wanted.contains(file)) {
                ConfigPath gone = new ConfigPath(file);
                if (call(new DeleteFromList(files.list(), gone), outcome)) {
                    outcome.changed().add(gone);
                    // Connections may still hold it; one that nothing lists does no harm.
                    socket.call(new RuntimeLine(List.of(new DeleteCertificate(gone))));
                }
            }
        }
    }

    private boolean call(RuntimeCommand command, Outcome outcome) throws IOException {
        Reply reply = socket.call(new RuntimeLine(List.of(command))).getFirst();
        if (reply instanceof Reply.Ok) {
            return true;
        }
        String said = reply.text().lines().findFirst().orElse("nothing");
        // The command's first line alone: the lines below it are a private key.
        outcome.problems()
                .add(command.text().lines().findFirst().orElse("") + " is answered with " + said);
        return false;
    }
}
