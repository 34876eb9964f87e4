package io.signalbox.applier;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server that speaks first, its name, and then says back each line. */
final class TcpApp implements AutoCloseable {
    private final String name;
    private final ServerSocket socket;
    private final Instant startedAt = Instant.now();

    private TcpApp(String name, ServerSocket socket) {
        this.name = name;
        this.socket = socket;
        Thread.ofPlatform().daemon().name("tcp-app").start(this::accept);
    }

    static TcpApp plain(String name) throws IOException {
        return new TcpApp(name, new ServerSocket(0, 128, InetAddress.getLoopbackAddress()));
    }

    /** One that speaks TLS, with a certificate for its name. */
    static TcpApp tls(String name, String pem) throws IOException, GeneralSecurityException {
        return new TcpApp(
                name,
                context(pem)
                        .getServerSocketFactory()
                        .createServerSocket(0, 128, InetAddress.getLoopbackAddress()));
    }

    private static SSLContext context(String pem) throws IOException, GeneralSecurityException {
        Certificate certificate =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        String key = pem.substring(pem.indexOf("-----BEGIN PRIVATE KEY"));
        byte[] der = Base64.getMimeDecoder().decode(key.replaceAll("-----[A-Z ]+-----", ""));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
                new char[0],
                new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    io.signalbox.schemas.ConfigRecord.Server server(String service, boolean stopping) {
        return GroupTopic.server(
                service + "." + name.replace('.', '-'), startedAt, socket.getLocalPort(), stopping);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed: nobody is served any more.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Streams.write(client.getOutputStream(), name + "\n");
            String line = Streams.line(client.getInputStream());
            while (!line.isEmpty()) {
                Streams.write(client.getOutputStream(), line + "\n");
                line = Streams.line(client.getInputStream());
            }
        } catch (IOException e) {
            // A check, or a client whose own test sees that its connection broke.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
