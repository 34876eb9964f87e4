package io.signalbox.applier.certificates;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of PEM.
 *
 * @param type what stands behind {@code BEGIN}
 * @param base64 its lines
 */
record Pem(String type, String base64) {
    private static final int LINE = 64;
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");
    private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(LINE, new byte[] {'\n'});

    static Pem of(String type, byte[] der) {
        return new Pem(type, new String(ENCODER.encode(der), StandardCharsets.US_ASCII));
    }

    /**
     * All blocks of a text, in order; what stands between them is passed over.
     *
     * @throws Refused if one of them is torn
     */
    static List<Pem> parse(String text) throws Refused {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(block(matcher.group(1), matcher.group(2)));
        }
        if (BEGIN.matcher(text).results().count() != blocks.size()) {
            throw new Refused("a block of PEM has no end");
        }
        return blocks;
    }

    private static Pem block(String type, String content) throws Refused {
        if (content.contains(":")) {
            // "Proc-Type: 4,ENCRYPTED" and the like.
            throw new Refused("the " + type.toLowerCase(Locale.ROOT) + " in it is encrypted");
        }
        try {
            return of(type, Base64.getDecoder().decode(content.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw new Refused("a block of PEM is not base 64");
        }
    }

    byte[] der() {
        return Base64.getMimeDecoder().decode(base64);
    }

    /** As text, its last line ended. */
    String text() {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
    }

    @Override
    public String toString() {
        return "Pem[" + type + "]";
    }
}
