package io.signalbox.applier;

import io.signalbox.haproxy.Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        Disk.real(Disk.Readers.GROUP).link(configFile, current);
    }

    private static String run(String command, Duration patience)
            throws IOException, InterruptedException {
        Command.Ended ended = Command.run(List.of("/bin/sh", "-c", command), patience);
        return ended.exitCode() == 0
                ? ""
                : "the reload command ended with "
                        + ended.exitCode()
                        + ": "
                        + HaproxyProcess.words(ended.output());
    }

    @Override
    public Optional<OldWorkers> oldWorkers() {
        return master.flatMap(OldWorkers::of);
    }

    @Override
    public void stop() {
        // Its owner ends it.
    }
}
