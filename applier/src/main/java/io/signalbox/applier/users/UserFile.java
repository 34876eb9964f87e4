package io.signalbox.applier.users;

import io.signalbox.haproxy.BasicAuthentication;
import io.signalbox.haproxy.BasicAuthentication.User;
import io.signalbox.haproxy.IllegalValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a file of users says. A line that is no good lets nobody in and takes nothing from the
 * others. Nothing of a hash is ever shown: what stands there may be a password.
 *
 * @param users those who may come in
 * @param problems what is wrong, a sentence each
 */
record UserFile(List<User> users, List<String> problems) {
    private static final int MOST_USERS = 10_000;

    UserFile {
        users = List.copyOf(users);
        problems = List.copyOf(problems);
    }

    /** A file that cannot be read. */
    static UserFile unreadable(String why) {
        return new UserFile(List.of(), List.of("it cannot be read: " + why));
    }

    /** Reads lines {@code name:hash}; empty ones and those that begin with # say nothing. */
    static UserFile parse(String text) {
        List<User> users = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                User user = user(line);
                if (!names.add(user.name())) {
                    problems.add(at(i) + "the user is there before; the first counts");
                } else if (users.size() == MOST_USERS) {
                    problems.add(at(i) + "a list has at most " + MOST_USERS + " users");
                    break;
                } else {
                    users.add(user);
                }
            } catch (IllegalValue e) {
                problems.add(at(i) + e.subject() + " " + e.rule());
            }
        }
        return new UserFile(users, problems);
    }

    private static String at(int index) {
        return "line " + (index + 1) + ": ";
    }

    private static User user(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IllegalValue("user", "must be NAME:HASH", "");
        }
        String hash = line.substring(colon + 1);
        String strange = strange(hash);
        if (!strange.isEmpty()) {
            throw new IllegalValue(
                    "password",
                    "must be a hash $6$, $5$ or $1$ of crypt(3); HAProxy knows no " + strange,
                    "");
        }
        User user = new User(line.substring(0, colon), hash);
        BasicAuthentication.lines(List.of(user));
        return user;
    }

    /** What other programs write and HAProxy cannot check; empty for none of it. */
    private static String strange(String hash) {
        if (hash.startsWith("$2")) {
            return "bcrypt";
        }
        if (hash.startsWith("$apr1$")) {
            return "MD5 of Apache (apr1)";
        }
        if (hash.startsWith("{SHA}")) {
            return "SHA-1 of Apache";
        }
        return hash.startsWith("$") ? "" : "plain text or DES here";
    }
}
