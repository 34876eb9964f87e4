package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The real engine's command line, and a tiny image of its own. What it starts carries a name prefix
 * and is removed at the end.
 */
final class Docker implements AutoCloseable {
    static final String IMAGE = "signalbox-watcher-test:1";

    private final String prefix;

    Docker(String prefix) {
        this.prefix = prefix;
        if (run(false, "image", "inspect", IMAGE).isEmpty()) {
            importImage();
        }
        removeAll();
    }

    /** Starts a container under this name and answers its id. */
    String start(String name, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "-d", "--name", prefix + name));
        int image = Arrays.asList(options).indexOf("--");
        List<String> before = Arrays.asList(options).subList(0, image < 0 ? options.length : image);
        List<String> after =
                image < 0
                        ? List.of("/bin/sleep", "1000")
                        : Arrays.asList(options).subList(image + 1, options.length);
        command.addAll(before);
        command.add(IMAGE);
        command.addAll(after);
        return run(true, command.toArray(new String[0])).strip();
    }

    String name(String name) {
        return prefix + name;
    }

    /** Runs a command of {@code docker} that must succeed. */
    String run(String... arguments) {
        return run(true, arguments);
    }

    private static String run(boolean must, String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.waitFor();
            if (must && code != 0) {
                throw new IllegalStateException(command + " ended with " + code + ": " + output);
            }
            return code == 0 ? output : "";
        } catch (IOException e) {
            throw new IllegalStateException(command + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void importImage() {
        try {
            Path root = Files.createTempDirectory("signalbox-image");
            Files.createDirectory(root.resolve("bin"));
            Path busybox = root.resolve("bin/busybox");
            Files.copy(Path.of("/bin/busybox"), busybox);
            Files.setPosixFilePermissions(
                    busybox, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            for (String name : List.of("sh", "sleep", "true", "cat", "test", "httpd")) {
                Files.createSymbolicLink(root.resolve("bin/" + name), Path.of("busybox"));
            }
            Path tar = Files.createTempFile("signalbox-image", ".tar");
            Process process =
                    new ProcessBuilder("tar", "-C", root.toString(), "-cf", tar.toString(), ".")
                            .inheritIO()
                            .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("tar failed");
            }
            run(true, "import", tar.toString(), IMAGE);
            Files.delete(tar);
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("busybox-static is needed at /bin/busybox", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void removeAll() {
        String containers = run(true, "ps", "-aq", "--filter", "name=^" + prefix).strip();
        for (String id : containers.lines().toList()) {
            run(false, "rm", "-f", id);
        }
        for (String id :
                run(true, "network", "ls", "-q", "--filter", "name=^" + prefix).lines().toList()) {
            run(false, "network", "rm", id);
        }
    }

    @Override
    public void close() {
        removeAll();
    }
}
