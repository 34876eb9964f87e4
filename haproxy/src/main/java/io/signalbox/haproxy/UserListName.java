package io.signalbox.haproxy;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The name of a list of users that each proxy has for itself: a file name without its ending, which
 * never leads out of its directory.
 *
 * @param value 1 to 63 of {@code A-Z a-z 0-9 _ . -}, beginning with a letter, a digit or {@code _}
 */
public record UserListName(String value) implements Comparable<UserListName> {

    static final String SECTION = "users:";
    static final String SHAPE = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}";

    private static final Pattern NAME = Pattern.compile(SHAPE);
    private static final Pattern REFERENCE =
            Pattern.compile("\\{ http_auth\\(" + SECTION + "(" + SHAPE + ")\\) \\}");
    private static final String RULE =
            "must be 1 to 63 of the characters A-Z a-z 0-9 _ . - and begin with a letter, a digit"
                    + " or _";

    public UserListName {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalValue("name of a list of users", RULE, value);
        }
    }

    /** The section of the file that it is in; no backend's own list is called so. */
    Identifier section() {
        return new Identifier(SECTION + value);
    }

    /** The lists that the lines of backends refer to. */
    public static SortedSet<UserListName> in(Collection<String> lines) {
        var names = new TreeSet<UserListName>();
        for (var line : lines) {
            var reference = REFERENCE.matcher(line);
            while (reference.find()) {
                names.add(new UserListName(reference.group(1)));
            }
        }
        return names;
    }

    @Override
    public int compareTo(UserListName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
