package io.signalbox.applier;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A client that believes every certificate, and may show one of its own. */
final class TlsClient {
    private static final int PATIENCE_MS = 5_000;
    private final SSLContext context;

    private TlsClient(SSLContext context) {
        this.context = context;
    }

    static TlsClient anonymous() {
        return new TlsClient(context(new KeyManager[0]));
    }

    /** One that shows that certificate, of an elliptic curve, in PEM with its key. */
    static TlsClient with(String pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new java.io.ByteArrayInputStream(
                                                    pem.getBytes(StandardCharsets.US_ASCII)));
            String key = pem.substring(pem.indexOf("-----BEGIN PRIVATE KEY"));
            byte[] der = Base64.getMimeDecoder().decode(key.replaceAll("-----[A-Z ]+-----", ""));
            store.setKeyEntry(
                    "client",
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
                    new char[0],
                    new X509Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, new char[0]);
            X509ExtendedKeyManager all = (X509ExtendedKeyManager) keys.getKeyManagers()[0];
            return new TlsClient(context(new KeyManager[] {new Shown(all)}));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(KeyManager[] keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {new Everybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpClient http() {
        return HttpClient.newBuilder()
                .sslContext(context)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = http()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** The certificate that is shown to whoever asks for that name. */
    static X509Certificate shown(int port, String name) throws IOException {
        try (SSLSocket socket = connect(port, name)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** How many certificates are shown to whoever asks for that name. */
    static int chain(int port, String name) throws IOException {
        try (SSLSocket socket = connect(port, name)) {
            return socket.getSession().getPeerCertificates().length;
        }
    }

    /** Whether that version of TLS is spoken there. */
    static boolean speaks(int port, String version) throws IOException {
        try (SSLSocket socket =
                (SSLSocket)
                        context(new KeyManager[0])
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return true;
        } catch (SSLException e) {
            return false;
        }
    }

    /** The serial number of it. */
    static String serial(int port, String name) throws IOException {
        return shown(port, name).getSerialNumber().toString();
    }

    /** Remembers no session: a resumed one shows the certificate of the first. */
    static SSLSocket connect(int port, String name) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        context(new KeyManager[0])
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Sends a request, by a session of before where the other side takes it, whatever its port. */
    String resume(int port, String head) throws IOException {
        return send(port, "", head, 1);
    }

    /** Sends a request with these header lines as they are, behind a first line. */
    String send(int port, String preface, String head) throws IOException {
        return send(port, preface, head, port);
    }

    /**
     * @param remembered under which port sessions are remembered
     */
    private String send(int port, String preface, String head, int remembered) throws IOException {
        try (Socket plain =
                new Socket(InetAddress.getLoopbackAddress(), port) {
                    @Override
                    public int getPort() {
                        return remembered;
                    }
                }) {
            plain.setSoTimeout(PATIENCE_MS);
            plain.getOutputStream().write(preface.getBytes(StandardCharsets.US_ASCII));
            try (SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, "localhost", port, true)) {
                return exchange(socket, head);
            }
        }
    }

    /** The same without TLS. */
    static String sendPlain(int port, String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            return exchange(socket, head);
        }
    }

    private static String exchange(Socket socket, String head) throws IOException {
        socket.getOutputStream()
                .write(
                        (head + "\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** Shows its certificate whomever the other side asks for. */
    private static final class Shown extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;

        private Shown(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "client";
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"client"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }

    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
