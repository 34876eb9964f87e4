package io.signalbox.applier;

import io.signalbox.haproxy.Capabilities;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HAProxy that somebody else starts and sees to. Its configuration file becomes a symbolic link
 * to Signalbox' current one; the original is kept beside it with {@code .before-signalbox}
 * appended. One thread at a time.
 */
final class AttachedHaproxy implements Haproxy {
    private static final Logger log = LoggerFactory.getLogger(AttachedHaproxy.class);
    private static final String KEPT = ".before-signalbox";

    private final Path configFile;
    private final Path current;
    private final Optional<MasterSocket> master;
    private final Optional<String> reloadCommand;

    /**
     * @param configFile the file that HAProxy is started with
     * @param current Signalbox' own current configuration
     * @param reloadCommand a shell command that reloads; else the master's socket does
     */
    AttachedHaproxy(
            Path configFile,
            Path current,
            Optional<MasterSocket> master,
            Optional<String> reloadCommand) {
        this.configFile = configFile;
        this.current = current;
        this.master = master;
        this.reloadCommand = reloadCommand;
    }

    /** It is not ours to start, so it counts as running. */
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void start() throws IOException {
        throw new IOException("an attached HAProxy is started by its owner");
    }

    @Override
    public String reload(Capabilities capabilities, Duration patience)
            throws IOException, InterruptedException {
        attach();
        if (reloadCommand.isPresent()) {
            return run(reloadCommand.get(), patience);
        }
        return master.isPresent()
                ? master.get().reload(capabilities, patience)
                : "neither a reload command nor a master's socket is known";
    }

    /** Puts the link in the place of the original file, which is kept. */
    private void attach() throws IOException {
        if (Files.isSymbolicLink(configFile)
                && Files.readSymbolicLink(configFile).equals(current)) {
            return;
        }
        Path kept = configFile.resolveSibling(configFile.getFileName() + KEPT);
        if (Files.exists(configFile, LinkOption.NOFOLLOW_LINKS) && !Files.exists(kept)) {
            Files.copy(configFile, kept, StandardCopyOption.COPY_ATTRIBUTES);
            log.atInfo().addKeyValue("kept", kept).log("kept the original configuration");
        }
        Disk.real().link(configFile, current);
    }

    private static String run(String command, Duration patience)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            return "the reload command takes longer than " + patience.toSeconds() + " s";
        }
        return process.exitValue() == 0
                ? ""
                : "the reload command ended with "
                        + process.exitValue()
                        + ": "
                        + HaproxyProcess.words(output);
    }

    @Override
    public OptionalLong oldWorkers() {
        if (master.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(master.get().status().oldWorkers().size());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void stop() {
        // Its owner ends it.
    }
}
