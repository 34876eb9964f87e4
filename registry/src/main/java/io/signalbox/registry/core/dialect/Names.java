package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Names of services, networks, groups and routes as labels give them. The rule for groups is that
 * of their definitions: a label cannot name a group that nobody could define.
 */
final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final Pattern ROUTE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    /** The name of the route that has none. */
    static final String UNNAMED = "default";

    private Names() {}

    /** A service's or network's name; {@code what} says which, as in {@code bad-<what>}. */
    static Parsed<String> name(String what, String key, String value) {
        String name = Values.trimmed(value);
        return NAME.matcher(name).matches()
                ? new Parsed.Good<>(name)
                : new Parsed.Bad<>(bad(what, key, value));
    }

    /** Whether a named route may have this name. */
    static boolean isRoute(String name) {
        return ROUTE.matcher(name).matches() && !name.equals(UNNAMED);
    }

    /** The good ones of a comma-separated list, sorted, each once; bad ones are reported. */
    static List<String> groups(String key, String value, Rejections rejections) {
        List<String> good = new ArrayList<>();
        for (String name : value.split(",", -1)) {
            switch (group(key, name)) {
                case Parsed.Good<String>(String group) -> good.add(group);
                case Parsed.Bad<String>(Rejection rejection) -> rejections.add(rejection);
            }
        }
        return List.copyOf(new TreeSet<>(good));
    }

    private static Parsed<String> group(String key, String value) {
        String name = Values.trimmed(value);
        return GroupDefinition.isName(name)
                ? new Parsed.Good<>(name)
                : new Parsed.Bad<>(
                        Rejections.of("bad-group", key, value, GroupDefinition.NAME_RULE));
    }

    private static Rejection bad(String what, String key, String value) {
        return Rejections.of(
                "bad-" + what,
                key,
                value,
                "a "
                        + what
                        + " name has 1 to 100 letters, digits, '.', '_' or '-' and begins with a"
                        + " letter or digit");
    }
}
