package io.signalbox.process;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The digest of a public key by which its owner is known, as {@code curl --pinnedpubkey} takes it.
 *
 * @param text {@code sha256//} and the digest's Base64
 */
public record KeyPin(String text) {
    private static final String BEGIN = "sha256//";
    private static final Pattern FORM = Pattern.compile(BEGIN + "[A-Za-z0-9+/]{43}=");

    /** Checks the form. */
    public KeyPin {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be " + BEGIN + " and 44 characters of Base64, a SHA-256 digest");
        }
    }

    /** That of this key. */
    public static KeyPin of(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return new KeyPin(BEGIN + Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
