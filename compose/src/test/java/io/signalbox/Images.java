package io.signalbox;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stack's images in the machine's engine. */
final class Images {
    private static final Pattern VERSION = Pattern.compile("(?m)^ {2}<version>(.*)</version>$");

    private Images() {}

    /**
     * The full name of the image of this version, which is there afterwards: it is built if it is
     * missing.
     *
     * @param name such as {@code kafka}
     * @param bases what it is made of, first things first
     */
    static String named(String name, String... bases) throws IOException, InterruptedException {
        Matcher version = VERSION.matcher(Files.readString(Shell.REPOSITORY.resolve("pom.xml")));
        if (!version.find()) {
            throw new IllegalStateException("pom.xml says no version");
        }
        String image = "signalbox/" + name + ":" + version.group(1);
        if (Shell.outcomeOf("docker", "image", "inspect", image).code() != 0) {
            build(name, bases);
        }
        return image;
    }

    private static void build(String name, String... bases)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("compose/build"));
        command.addAll(List.of(bases));
        command.add(name);
        Process build =
                new ProcessBuilder(command)
                        .directory(Shell.REPOSITORY.toFile())
                        .inheritIO()
                        .start();
        if (build.waitFor() != 0) {
            throw new IOException(command + " failed");
        }
    }
}
