package io.signalbox.applier.users;

import io.signalbox.haproxy.BasicAuthentication.User;
import io.signalbox.haproxy.UserListName;
import io.signalbox.schemas.ConfigRecord.Note;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lists of users that lie at this proxy. One that is missing, empty or cannot be read has
 * nobody in it. What changes counts when it is found twice alike, so that no file is taken half
 * written. Safe for all threads.
 */
public final class UserLists {
    private static final Logger log = LoggerFactory.getLogger(UserLists.class);

    /** The code of notes about lists of users. */
    public static final String CODE = "users";

    private static final String ENDING = ".htpasswd";
    private static final int LONGEST_FILE = 1024 * 1024;
    private static final int MOST_PROBLEMS = 5;

    private final Path directory;
    private Map<UserListName, UserFile> found = new HashMap<>();
    private SortedMap<UserListName, UserFile> counting = new TreeMap<>();
    private final SortedMap<UserListName, List<User>> taken = new TreeMap<>();
    private Set<UserListName> used;
    private String trouble = "";
    private List<Note> notes = List.of();
    private boolean looked;
    private boolean changedSinceStart;

    private UserLists(Path directory, String configuration) {
        this.directory = directory;
        this.used = new TreeSet<>(UserListName.in(configuration.lines().toList()));
        look();
        changedSinceStart = !WrittenLists.areIn(configuration, usersOf(used));
    }

    /**
     * Looks for the first time.
     *
     * @param directory where the operator puts them
     * @param configuration what HAProxy may be running with, whose lists may be others by now
     */
    public static UserLists open(Path directory, Path configuration) throws IOException {
        return new UserLists(
                directory, Files.exists(configuration) ? Files.readString(configuration) : "");
    }

    /** Looks again; gives the first list in use that has changed, if one has. */
    synchronized Optional<UserListName> look() {
        SortedMap<UserListName, UserFile> now;
        try {
            now = read();
            trouble = "";
        } catch (IOException e) {
            trouble = "the directory " + directory + " cannot be read: " + e;
            now = new TreeMap<>(counting);
        }
        boolean settled = now.equals(found);
        found = now;
        if (!settled && looked) {
            return Optional.empty();
        }
        looked = true;
        Map<UserListName, List<User>> before = usersOf(used);
        counting = now;
        Optional<UserListName> changed =
                used.stream()
                        .filter(name -> !users(name).equals(before.get(name)))
                        .findFirst()
                        .or(this::sinceStart);
        changedSinceStart = false;
        note();
        return changed;
    }

    private Optional<UserListName> sinceStart() {
        return changedSinceStart ? used.stream().findFirst() : Optional.empty();
    }

    private SortedMap<UserListName, UserFile> read() throws IOException {
        SortedMap<UserListName, UserFile> all = new TreeMap<>();
        if (!Files.exists(directory)) {
            return all;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                name(name.substring(0, name.length() - ENDING.length()))
                        .ifPresent(good -> all.put(good, read(file)));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }

    private static Optional<UserListName> name(String text) {
        try {
            return Optional.of(new UserListName(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static UserFile read(Path file) {
        try {
            return Files.size(file) > LONGEST_FILE
                    ? UserFile.unreadable("it is longer than 1 MB")
                    : UserFile.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return UserFile.unreadable(e.toString());
        }
    }

    private List<User> users(UserListName name) {
        UserFile file = counting.get(name);
        return file == null ? List.of() : file.users();
    }

    private SortedMap<UserListName, List<User>> usersOf(Set<UserListName> names) {
        SortedMap<UserListName, List<User>> users = new TreeMap<>();
        names.forEach(name -> users.put(name, users(name)));
        return users;
    }

    /** The lists of these names as they are now, for a configuration that is to come in force. */
    public synchronized Map<UserListName, List<User>> take(Set<UserListName> names) {
        used = new TreeSet<>(names);
        taken.clear();
        taken.putAll(usersOf(used));
        note();
        return Map.copyOf(taken);
    }

    /** The lists of these names as they were taken last: what changed since is not in force. */
    public synchronized Map<UserListName, List<User>> taken(Set<UserListName> names) {
        Map<UserListName, List<User>> users = new HashMap<>(usersOf(names));
        users.putAll(taken);
        users.keySet().retainAll(names);
        return Map.copyOf(users);
    }

    /** What there is to say about lists that services name. */
    public synchronized List<Note> notes() {
        return notes;
    }

    /** How many lists are missing or not used whole. */
    public synchronized int refused() {
        return notes.size();
    }

    private void note() {
        List<Note> now = new ArrayList<>();
        if (!trouble.isEmpty() && !used.isEmpty()) {
            now.add(new Note(CODE, "users", trouble));
        }
        for (UserListName name : used) {
            problem(name).ifPresent(words -> now.add(new Note(CODE, "users/" + name, words)));
        }
        for (Note one : now) {
            if (!notes.contains(one)) {
                log.atWarn()
                        .addKeyValue("users", one.subject())
                        .addKeyValue("error", one.message())
                        .log("a list of users is not as it should be");
            }
        }
        notes = List.copyOf(now);
    }

    private Optional<String> problem(UserListName name) {
        UserFile file = counting.get(name);
        if (file == null) {
            return Optional.of(
                    "there is no file " + directory.resolve(name + ENDING) + ": nobody comes in");
        }
        List<String> problems = file.problems();
        if (problems.isEmpty()) {
            return file.users().isEmpty()
                    ? Optional.of("no user is in it: nobody comes in")
                    : Optional.empty();
        }
        String shown =
                String.join("; ", problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
        return Optional.of(
                shown
                        + (problems.size() > MOST_PROBLEMS ? "; and more" : "")
                        + (file.users().isEmpty() ? ": nobody comes in" : ""));
    }
}
