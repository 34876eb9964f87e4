package io.signalbox.haproxy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in, by name and password. Without a user nobody does. Servers do not see what the
 * client said of itself.
 *
 * <p>The users stand among the lines of the backend, so that another user is another text; the file
 * has them in a section of their own ({@link UserList}).
 *
 * @param realm shown by browsers
 * @param list that each proxy has for itself, used instead of users; null for none
 */
public record BasicAuthentication(String realm, List<User> users, @Nullable UserListName list) {

    /** Whether the client is one of the users of this backend. */
    static final String IN_LIST = "http_auth(" + Placeholder.USERS.token() + ")";

    private static final int MOST_USERS = 64;
    private static final Pattern REALM = Pattern.compile("[^\"\\\\]*");
    private static final Pattern NAME = Pattern.compile("[^:,]*");
    private static final int MOST_ROUNDS = 10_000;
    private static final Pattern HASH =
            Pattern.compile(
                    "\\$1\\$[./0-9A-Za-z]{0,8}\\$[./0-9A-Za-z]{22}"
                            + "|\\$5\\$(?:rounds=(\\d{1,9})\\$)?[./0-9A-Za-z]{0,16}\\$[./0-9A-Za-z]{43}"
                            + "|\\$6\\$(?:rounds=(\\d{1,9})\\$)?[./0-9A-Za-z]{0,16}\\$[./0-9A-Za-z]{86}");

    public BasicAuthentication {
        PrintableText.checked("realm", realm, 100);
        PrintableText.matching(
                "realm", realm, REALM, "must have no quotation mark and no backslash");
        FrameSettings.checkRange("number of users", users.size(), 0, MOST_USERS);
        users = List.copyOf(users);
        if (list != null && !users.isEmpty()) {
            throw new IllegalValue("users", "must come from one list", list.value());
        }
        Set<String> names = new HashSet<>();
        for (var user : users) {
            if (!names.add(user.name())) {
                throw new IllegalValue("user", "must be there once", user.name());
            }
        }
    }

    /** With users of the service's own. */
    public BasicAuthentication(String realm, List<User> users) {
        this(realm, users, null);
    }

    /** Whether nobody comes in, whatever the password. */
    boolean isClosed() {
        return users.isEmpty() && list == null;
    }

    /**
     * A user.
     *
     * @param name 1 to 64 characters without colon and comma
     * @param hash a hash of {@code crypt(3)}: {@code $1$}, {@code $5$} or {@code $6$}
     */
    public record User(String name, String hash) {
        public User {
            PrintableText.checked("user name", name, 64);
            PrintableText.matching(
                    "user name", name, NAME, "must have no colon and no comma in it");
            var matcher = HASH.matcher(hash);
            if (!matcher.matches()) {
                throw new IllegalValue("password", "must be a hash $1$, $5$ or $6$", "");
            }
            var rounds = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            if (rounds != null && Integer.parseInt(rounds) > MOST_ROUNDS) {
                throw new IllegalValue(
                        "hash of a password", "must have at most 10000 rounds", rounds);
            }
        }

        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    void write(ConfigWriter text) {
        text.lines(lines(users)).line("http-request auth realm").value(realm);
        if (!isClosed()) {
            var in = list == null ? IN_LIST : "http_auth(" + list.section() + ")";
            text.words("unless { " + in + " }").line("http-request del-header Authorization");
        }
    }

    /**
     * The lines of a list.
     *
     * @throws IllegalValue for a user that HAProxy cannot have
     */
    public static List<String> lines(List<User> users) {
        var text = new ConfigWriter();
        for (var user : users) {
            text.line(UserList.KEYWORD).value(user.name()).words("password").value(user.hash());
        }
        return text.toLines();
    }
}
