package io.signalbox.watcher.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.lists.ListedService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that list services. They are looked at again and again; one that changed is read once
 * it has stayed the same from one look to the next. A file that cannot be read or understood keeps
 * what it said before, and is named in the log. One thread, in {@link #run}.
 */
final class StaticFiles {
    private static final Logger log = LoggerFactory.getLogger(StaticFiles.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** A file that an editor is about to put in place is away for a moment. */
    private static final int LOOKS_UNTIL_GONE = 3;

    private static final int MOST_BYTES = 1 << 20;

    private final List<Path> roots;
    private final AllowList labels;
    private final Listener listener;
    private final Map<Path, Watched> files = new TreeMap<>();
    private final Map<Path, String> unreachable = new TreeMap<>();
    private volatile int broken;

    /** Is told what the files say whenever that changed. */
    interface Listener {
        /**
         * The files say this now.
         *
         * @param complete whether each of them could be read once
         */
        void listed(List<ListedService> services, boolean complete);
    }

    /**
     * Files to be looked at.
     *
     * @param roots files, and folders whose {@code *.yaml} and {@code *.yml} count
     */
    StaticFiles(List<Path> roots, AllowList labels, Listener listener) {
        this.roots = List.copyOf(roots);
        this.labels = labels;
        this.listener = listener;
    }

    /** How many files and folders cannot be used at the moment. Safe for all threads. */
    int broken() {
        return broken;
    }

    /** Reads everything for the first time, on the caller's thread. */
    void begin() {
        look(true);
        tell();
    }

    /** Looks until the thread is interrupted. */
    void run() throws InterruptedException {
        while (true) {
            Thread.sleep(PAUSE);
            if (look(false)) {
                tell();
            }
        }
    }

    private void tell() {
        List<ListedService> services = new ArrayList<>();
        boolean complete = unreachable.isEmpty();
        for (Watched file : files.values()) {
            List<ListedService> said = file.services;
            complete &= said != null;
            services.addAll(said == null ? List.of() : said);
        }
        listener.listed(services, complete);
    }

    private boolean look(boolean first) {
        Set<Path> there = new HashSet<>();
        boolean changed = false;
        for (Path root : roots) {
            changed |= find(root, there);
        }
        for (Path file : there) {
            changed |= files.computeIfAbsent(file, Watched::new).look(first);
        }
        changed |= files.values().removeIf(file -> file.isGone(there));
        broken = unreachable.size() + (int) files.values().stream().filter(Watched::bad).count();
        return changed;
    }

    /** Finds the files of a root; answers whether it became reachable, or ceased to be. */
    private boolean find(Path root, Set<Path> there) {
        String problem = "";
        try {
            if (Files.isDirectory(root)) {
                try (Stream<Path> inside = Files.list(root)) {
                    inside.filter(StaticFiles::counts).forEach(there::add);
                }
            } else if (Files.exists(root)) {
                there.add(root);
            } else if (!files.containsKey(root)) {
                problem = "is not there";
                files.keySet().stream().filter(file -> file.startsWith(root)).forEach(there::add);
            }
        } catch (IOException | RuntimeException e) {
            problem = "cannot be listed: " + e;
            files.keySet().stream().filter(file -> file.startsWith(root)).forEach(there::add);
        }
        return noted(root, problem);
    }

    private boolean noted(Path root, String problem) {
        String before =
                problem.isEmpty() ? unreachable.remove(root) : unreachable.put(root, problem);
        boolean was = before != null;
        boolean is = !problem.isEmpty();
        if (is && !problem.equals(before)) {
            log.atWarn()
                    .addKeyValue("path", root)
                    .addKeyValue("error", problem)
                    .log("static files cannot be found; what they said stays");
        } else if (was && !is) {
            log.atInfo().addKeyValue("path", root).log("static files are back");
        }
        return was != is;
    }

    private static boolean counts(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    /** What tells one content of a file from another without reading it. */
    private record Stamp(Object key, long size, Object modified) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes at = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = at.fileKey();
            return new Stamp(key == null ? "" : key, at.size(), at.lastModifiedTime());
        }
    }

    /** One file: what it said last, and what is wrong with it now. */
    private final class Watched {
        private final Path file;
        private @Nullable Stamp read;
        private @Nullable Stamp seen;
        private @Nullable List<ListedService> services;
        private List<String> problems = List.of();
        private int looksAway;

        Watched(Path file) {
            this.file = file;
        }

        boolean bad() {
            return !problems.isEmpty();
        }

        boolean isGone(Set<Path> there) {
            looksAway = there.contains(file) ? 0 : looksAway + 1;
            if (looksAway < LOOKS_UNTIL_GONE) {
                return false;
            }
            log.atInfo().addKeyValue("file", file).log("static file is gone");
            return true;
        }

        /** Reads the file if it changed; answers whether it says something else now. */
        boolean look(boolean first) {
            try {
                Stamp now = Stamp.of(file);
                boolean settled = first || now.equals(seen);
                seen = now;
                if (!settled || now.equals(read)) {
                    return false;
                }
                List<ListedService> said = parse();
                boolean known = services != null;
                read = now;
                problems(List.of());
                boolean other = !said.equals(services);
                services = said;
                if (other) {
                    log.atInfo()
                            .addKeyValue("file", file)
                            .addKeyValue("services", said.size())
                            .log(known ? "static file changed" : "static file read");
                }
                return other;
            } catch (ListedFile.Invalid e) {
                read = seen;
                problems(e.lines());
            } catch (IOException e) {
                // It is read again at the next look, also where it comes back as it was.
                read = null;
                problems(List.of(file + ": cannot be read: " + e));
            }
            return false;
        }

        private List<ListedService> parse() throws IOException, ListedFile.Invalid {
            if (Files.size(file) > MOST_BYTES) {
                throw new ListedFile.Invalid(List.of(file + ": is longer than 1 MB"));
            }
            try {
                String text =
                        UTF_8.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                                .toString();
                return ListedFile.parse(file.toString(), text, labels);
            } catch (CharacterCodingException e) {
                throw new ListedFile.Invalid(List.of(file + ": is not text in UTF-8"));
            }
        }

        private void problems(List<String> now) {
            if (!now.isEmpty() && !now.equals(problems)) {
                log.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("error", String.join("; ", now))
                        .log("static file cannot be used; what it said before stays");
            } else if (now.isEmpty() && !problems.isEmpty()) {
                log.atInfo().addKeyValue("file", file).log("static file can be used again");
            }
            problems = now;
        }
    }
}
