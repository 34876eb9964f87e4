package io.signalbox.haproxy;

import java.util.List;

/**
 * The users that stand in a backend's text, and the section of the file that HAProxy wants them in.
 * It is called as the backend, so no two backends share one.
 */
final class UserList {

    /** What the line of a user begins with. */
    static final String KEYWORD = "user";

    private static final String BEGINNING = "    " + KEYWORD + " ";

    private UserList() {}

    /** Writes the section, if the text asks for one; without a user in it nobody comes in. */
    static void write(ConfigWriter file, Identifier backend, List<String> text) {
        if (text.stream().anyMatch(line -> Placeholder.USERS.isInLine(line))) {
            file.section("userlist", backend)
                    .lines(text.stream().filter(UserList::isUser).toList());
        }
    }

    /** What remains for the backend itself. */
    static List<String> without(Identifier backend, List<String> text) {
        return text.stream()
                .filter(line -> !isUser(line))
                .map(line -> line.replace(Placeholder.USERS.token(), backend.value()))
                .toList();
    }

    private static boolean isUser(String line) {
        return line.startsWith(BEGINNING);
    }
}
