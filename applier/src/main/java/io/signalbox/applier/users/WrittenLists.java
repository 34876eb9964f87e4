package io.signalbox.applier.users;

import io.signalbox.haproxy.BasicAuthentication;
import io.signalbox.haproxy.BasicAuthentication.User;
import io.signalbox.haproxy.UserListName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lists of users in a configuration that was written before. */
final class WrittenLists {
    private static final String SECTION = "userlist users:";

    private WrittenLists() {}

    /** Whether exactly these users stand in a configuration's lists. */
    static boolean areIn(String configuration, Map<UserListName, List<User>> lists) {
        Map<String, List<String>> wanted = new HashMap<>();
        lists.forEach((name, users) -> wanted.put(name.value(), BasicAuthentication.lines(users)));
        return wanted.equals(of(configuration));
    }

    private static Map<String, List<String>> of(String configuration) {
        Map<String, List<String>> lists = new HashMap<>();
        List<String> open = new ArrayList<>();
        for (String line : configuration.lines().toList()) {
            if (line.startsWith(SECTION)) {
                open = new ArrayList<>();
                lists.put(line.substring(SECTION.length()), open);
            } else if (line.startsWith(" ")) {
                open.add(line);
            } else {
                open = new ArrayList<>();
            }
        }
        return lists;
    }
}
