package io.signalbox.bench.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * All of Signalbox' classes anew, the core classes of a guard without it in the place of the real
 * ones: compiled from their own source less that rule, so that they differ in nothing else. The
 * real classes know nothing of this.
 */
final class FaultyCores extends ClassLoader {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final String OURS = "io.signalbox.";

    private final Map<String, byte[]> faulty;

    private FaultyCores(Map<String, byte[]> faulty) {
        super(FaultyCores.class.getClassLoader());
        this.faulty = faulty;
    }

    /** The classes without that guard. */
    static FaultyCores without(Guard guard) {
        Map<String, String> sources = new HashMap<>();
        for (Guard.Edit edit : guard.removal()) {
            String source = sources.computeIfAbsent(edit.source(), FaultyCores::read);
            sources.put(edit.source(), remove(source, edit));
        }
        return new FaultyCores(compile(sources));
    }

    private static String read(String source) {
        int colon = source.indexOf(':');
        String path = source.substring(colon + 1).replace('.', '/') + ".java";
        try {
            return Files.readString(
                    Path.of("..", source.substring(0, colon), "src", "main", "java", path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails when the rule does not stand there any more: then its removal must be said anew. */
    private static String remove(String source, Guard.Edit edit) {
        String words =
                Pattern.compile("\\s+")
                        .splitAsStream(edit.with().strip())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("\\s+"));
        Matcher found = Pattern.compile(words).matcher(source);
        if (!found.find()) {
            throw new AssertionError(edit.source() + " has nowhere: " + edit.with());
        }
        return found.replaceAll(Matcher.quoteReplacement(edit.without()));
    }

    private static Map<String, byte[]> compile(Map<String, String> sources) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard =
                        COMPILER.getStandardFileManager(problems, null, UTF_8);
                Classes classes = new Classes(standard)) {
            List<String> options =
                    List.of(
                            "-proc:none",
                            "-nowarn",
                            "-implicit:none",
                            "-classpath",
                            System.getProperty("java.class.path"));
            List<Source> units = new ArrayList<>();
            sources.forEach((name, text) -> units.add(new Source(name, text)));
            if (!COMPILER.getTask(null, classes, problems, options, null, units).call()) {
                throw new AssertionError(problems.getDiagnostics().toString());
            }
            return classes.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = faulty.get(name);
        if (bytes == null) {
            String path = name.replace('.', '/') + ".class";
            try (InputStream real = getParent().getResourceAsStream(path)) {
                if (real == null) {
                    throw new ClassNotFoundException(name);
                }
                bytes = real.readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** A class's source. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            String path = name.substring(name.indexOf(':') + 1).replace('.', '/');
            super(URI.create("memory:///" + path + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps compiled classes in memory. */
    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> outputs = new HashMap<>();

        Classes(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(
                    URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return outputs.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> bytes() {
            Map<String, byte[]> bytes = new HashMap<>();
            outputs.forEach((name, output) -> bytes.put(name, output.toByteArray()));
            return bytes;
        }
    }
}
