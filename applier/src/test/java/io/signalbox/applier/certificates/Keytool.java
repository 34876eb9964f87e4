package io.signalbox.applier.certificates;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the {@code keytool} of this Java: it makes keys of every kind. */
final class Keytool {
    private static final String PASSWORD = "only-while-it-is-made";
    private static final int SECONDS = 60;

    private Keytool() {}

    /** A new certificate with a new key, in PEM: the key as PKCS#8, behind the certificate. */
    static String pem(String name, String alternatives, String... algorithm) {
        try {
            Path directory = Files.createTempDirectory("keytool");
            Path store = directory.resolve("store.p12");
            try {
                run(name, alternatives, store, algorithm);
                return read(store);
            } finally {
                Files.deleteIfExists(store);
                Files.delete(directory);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("keytool made no key", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void run(String name, String alternatives, Path store, String... algorithm)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", "key", "-dname", "CN=" + name));
        command.addAll(List.of("-ext", "SAN=" + alternatives, "-validity", "3650"));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD));
        command.addAll(List.of(algorithm));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool says " + said);
        }
    }

    private static String read(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Key key = keys.getKey("key", PASSWORD.toCharArray());
        return Pem.of("CERTIFICATE", keys.getCertificate("key").getEncoded()).text()
                + Pem.of("PRIVATE KEY", key.getEncoded()).text();
    }
}
