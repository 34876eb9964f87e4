package io.signalbox.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was learned from one registry, in a file that is always whole: which id a subject's schema
 * has, and which schema an id has. Several processes may share the file. A file of another registry
 * is ignored, a damaged one too: then everything is learned again. Thread-safe.
 */
final class SchemaCache {

    private static final Logger log = LoggerFactory.getLogger(SchemaCache.class);
    private static final String HEADER = "signalbox schema cache 1 ";

    /** Writers in this JVM take turns, since several processes may live in it. */
    private static final Object WRITING = new Object();

    private final @Nullable Path file;
    private final String header;

    /** What the file says, by line: {@code id <subject> <hash>} and {@code schema <id>}. */
    private final Map<String, String> entries = new TreeMap<>();

    /**
     * Reads the file if there is one.
     *
     * @param file null keeps everything in memory
     * @param url of the registry
     */
    SchemaCache(@Nullable Path file, String url) {
        this.file = file;
        this.header = HEADER + url;
        if (file != null) {
            entries.putAll(read(file));
        }
    }

    synchronized OptionalInt id(String subject, String schema) {
        String id = entries.get(idKey(subject, schema));
        return id == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(id));
    }

    synchronized Optional<String> schema(int id) {
        return Optional.ofNullable(entries.get("schema " + id));
    }

    /** Remembers that the registry gave this id. */
    void putId(String subject, String schema, int id) {
        put(idKey(subject, schema), Integer.toString(id));
    }

    /** Remembers that the registry gave this schema. */
    void putSchema(int id, String schema) {
        put("schema " + id, schema);
    }

    private void put(String key, String value) {
        synchronized (this) {
            if (value.equals(entries.put(key, value)) || file == null) {
                return;
            }
        }
        synchronized (WRITING) {
            save(file, key, value);
        }
    }

    private void save(Path target, String key, String value) {
        try {
            Map<String, String> merged = read(target);
            synchronized (this) {
                entries.forEach(merged::putIfAbsent);
            }
            merged.put(key, value);
            StringBuilder text = new StringBuilder(header).append('\n');
            merged.forEach((k, v) -> text.append(k).append('\t').append(v).append('\n'));
            replace(target.toAbsolutePath(), text.toString());
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("file", target)
                    .addKeyValue("error", e.toString())
                    .log("schema cache not written; a restart needs the registry");
        }
    }

    private static void replace(Path target, String text) throws IOException {
        Path folder = target.getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, target.getFileName() + ".", ".new");
        try {
            Files.writeString(fresh, text);
            try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(
                    fresh,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Map<String, String> read(Path from) {
        Map<String, String> read = new TreeMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(from);
        } catch (NoSuchFileException e) {
            return read;
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("file", from)
                    .addKeyValue("error", e.toString())
                    .log("schema cache not readable");
            return read;
        }
        if (lines.isEmpty() || !lines.getFirst().equals(header)) {
            return read;
        }
        for (String line : lines.subList(1, lines.size())) {
            int tab = line.indexOf('\t');
            if (tab > 0 && sound(line.substring(0, tab), line.substring(tab + 1))) {
                read.put(line.substring(0, tab), line.substring(tab + 1));
            }
        }
        return read;
    }

    private static boolean sound(String key, String value) {
        return key.startsWith("id ") ? value.matches("[0-9]{1,9}") : key.matches("schema [0-9]+");
    }

    private static String idKey(String subject, String schema) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(schema.getBytes(UTF_8));
            return "id " + subject + ' ' + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
