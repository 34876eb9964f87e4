package io.signalbox.haproxy;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * Runs a property over random inputs. The seed is new at each run and named in the failure; {@code
 * -Dsignalbox.seed=} repeats it.
 */
final class Seeded {

    private static final String[] NASTY = {
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\t",
        "\u001b[2J",
        "\u2028",
        "\u0085",
        "\u202e",
        " ",
        "  ",
        "'",
        "\"",
        "'\"'",
        "\\",
        "\\n",
        "\\'",
        "\\\"",
        "'\\''",
        "#",
        " # ",
        ";",
        "; ",
        "\\;",
        "<<",
        " <<",
        "<<\n",
        "$",
        "${HOME}",
        "$HOME",
        "\"${HOME}\"",
        "%[env(HOME)]",
        "%",
        "%%",
        "%o",
        "{",
        "}",
        "unless",
        " if { always_true }",
        "@maps@",
        "@users@",
        "@1",
        "../",
        "/etc/passwd",
        "http-request deny",
        "global\n",
        "\nfrontend x\n",
        "{{ . }}",
        "<%= %>",
        "*",
        "-",
        "--",
        ".",
        ":",
        "::1",
        "[",
        "]",
        "(",
        ")",
        ",",
        "é",
        "日本",
        "a",
        "b",
        "0",
        "example.com"
    };

    private Seeded() {}

    /** What is to hold for values made from one source of chance. */
    interface Property {
        void check(Random random) throws Exception;
    }

    static void check(int times, Property property) {
        var fixed = Long.getLong("signalbox.seed");
        var seed = fixed == null ? System.nanoTime() : fixed;
        var random = new Random(seed);
        for (var i = 0; i < times; i++) {
            try {
                property.check(random);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("failed at try " + i + " of -Dsignalbox.seed=" + seed, e);
            }
        }
    }

    /** Text made of what has broken other writers, and of anything. */
    static String nasty(Random random) {
        var text = new StringBuilder();
        IntStream.range(0, random.nextInt(8)).forEach(i -> text.append(piece(random)));
        return random.nextInt(200) == 0 ? text.toString().repeat(5000) : text.toString();
    }

    /** Printable ASCII only, otherwise as nasty. */
    static String printable(Random random) {
        var text = new StringBuilder();
        nasty(random)
                .chars()
                .filter(c -> c >= 0x20 && c < 0x7f)
                .forEach(c -> text.append((char) c));
        IntStream.range(0, random.nextInt(6))
                .forEach(i -> text.append((char) (0x20 + random.nextInt(0x5f))));
        return text.length() > 300 ? text.substring(0, 300) : text.toString();
    }

    private static String piece(Random random) {
        return random.nextInt(4) == 0
                ? Character.toString(random.nextInt(0x300))
                : NASTY[random.nextInt(NASTY.length)];
    }
}
