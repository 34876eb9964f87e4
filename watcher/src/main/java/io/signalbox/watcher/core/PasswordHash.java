package io.signalbox.watcher.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.schemas.Withheld;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * Turns a list {@code user:password,user:password} into one whose passwords are hashes that HAProxy
 * can check with the C library's {@code crypt}.
 *
 * <p>A hash of a known kind ({@code $1$}, {@code $5$}, {@code $6$}, at most {@value #MOST_ROUNDS}
 * rounds) passes as it is. A hash of another kind ({@code $apr1$}, {@code {SHA}}, and bcrypt, which
 * would hold up HAProxy for tens of milliseconds at every request) becomes {@link
 * Withheld#UNKNOWN_HASH}. Anything else is a plain password and is hashed: SHA-512 crypt with 1,000
 * rounds; the salt is the first 16 characters of the SHA-256 over label name, {@code :} and user
 * name, written in crypt's base64 (alphabet {@code ./0-9A-Za-z}; three bytes as one big-endian
 * number, its lowest six bits first), so that every replica on every host gives the same bytes.
 */
final class PasswordHash {
    private static final String ROUNDS = "rounds=1000";
    private static final int MOST_ROUNDS = 10_000;
    private static final int MOST_USERS = 64;
    private static final int PASSWORD_LENGTH = 256;
    private static final int SALT_LENGTH = 16;
    private static final String ALPHABET =
            "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final Pattern KNOWN =
            Pattern.compile(
                    "\\$1\\$[./0-9A-Za-z]{0,8}\\$[./0-9A-Za-z]{22}"
                            + "|\\$5\\$(?:rounds=(\\d{1,9})\\$)?[./0-9A-Za-z]{0,16}\\$[./0-9A-Za-z]{43}"
                            + "|\\$6\\$(?:rounds=(\\d{1,9})\\$)?[./0-9A-Za-z]{0,16}\\$[./0-9A-Za-z]{86}");
    private static final Pattern OTHER =
            Pattern.compile(
                    "\\$(apr1|2[abxy]?|y|gy|7|md5|sha1|scrypt|argon2\\w*|pbkdf2\\S*?)\\$.*"
                            + "|\\{([A-Za-z0-9-]{1,16})\\}.+",
                    Pattern.DOTALL);

    private PasswordHash() {}

    /**
     * The list with hashed passwords.
     *
     * @param hashesOnly whether the passwords are said to be hashes already
     */
    static String list(String name, String value, boolean hashesOnly) {
        List<String> entries = new ArrayList<>();
        String[] given = value.split(",", -1);
        if (given.length > MOST_USERS) {
            return new Withheld(Withheld.TOO_MUCH, "more than " + MOST_USERS + " users").text();
        }
        for (String entry : given) {
            if (!entry.isBlank()) {
                entries.add(entry(name, entry.strip(), hashesOnly));
            }
        }
        return String.join(",", entries);
    }

    private static String entry(String name, String entry, boolean hashesOnly) {
        int colon = entry.indexOf(':');
        if (colon < 1) {
            return new Withheld(Withheld.NO_PASSWORD, "must be user:password").text();
        }
        String user = entry.substring(0, colon);
        String password = entry.substring(colon + 1);
        if (password.length() > PASSWORD_LENGTH) {
            String length = Integer.toString(password.length());
            return user + ":" + new Withheld(Withheld.VALUE_TOO_LONG, length).text();
        }
        Optional<String> refused = refusal(password, hashesOnly);
        if (refused.isPresent()) {
            return user + ":" + new Withheld(Withheld.UNKNOWN_HASH, refused.get()).text();
        }
        return user + ":" + (isKnown(password) ? password : hash(name, user, password));
    }

    private static Optional<String> refusal(String password, boolean hashesOnly) {
        Matcher known = KNOWN.matcher(password);
        if (known.matches()) {
            String rounds = known.group(1) == null ? known.group(2) : known.group(1);
            return rounds != null && Integer.parseInt(rounds) > MOST_ROUNDS
                    ? Optional.of("more than " + MOST_ROUNDS + " rounds")
                    : Optional.empty();
        }
        Matcher other = OTHER.matcher(password);
        if (other.matches()) {
            return Optional.of(other.group(1) == null ? other.group(2) : other.group(1));
        }
        return hashesOnly ? Optional.of("none of $1$, $5$, $6$") : Optional.empty();
    }

    private static boolean isKnown(String password) {
        return KNOWN.matcher(password).matches();
    }

    static String hash(String name, String user, String password) {
        return Sha2Crypt.sha512Crypt(
                password.getBytes(UTF_8), "$6$" + ROUNDS + "$" + salt(name, user));
    }

    static String salt(String name, String user) {
        byte[] digest = sha256((name + ":" + user).getBytes(UTF_8));
        StringBuilder salt = new StringBuilder();
        for (int index = 0; salt.length() < SALT_LENGTH; index += 3) {
            int bits =
                    (digest[index] & 0xff) << 16
                            | (digest[index + 1] & 0xff) << 8
                            | (digest[index + 2] & 0xff);
            for (int sextet = 0; sextet < 4; sextet++) {
                salt.append(ALPHABET.charAt(bits & 0x3f));
                bits >>>= 6;
            }
        }
        return salt.toString();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
