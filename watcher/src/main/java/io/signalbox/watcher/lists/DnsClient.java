package io.signalbox.watcher.lists;

import io.signalbox.watcher.core.lists.DnsMessage;
import io.signalbox.watcher.core.lists.DnsMessage.Reply;
import io.signalbox.watcher.core.lists.KnownAddresses.Answer;
import io.signalbox.watcher.core.lists.ListedService.Lookup;
import io.signalbox.watcher.core.lists.Place;
import io.signalbox.watcher.core.lists.ResolverSettings;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks name servers for addresses, over UDP, and over TCP where an answer is too long for it.
 * Java's own look-ups remember answers for the whole process, and do not tell a name without
 * addresses from a name server that is away. The hosts file is not read. Blocks; safe for all
 * threads.
 */
final class DnsClient {
    private static final Path SYSTEM = Path.of("/etc/resolv.conf");
    private static final int PORT = 53;
    private static final int ROUNDS = 2;
    private static final int IDS = 1 << 16;

    private final SecureRandom random = new SecureRandom();
    private final List<Place> standard;
    private final int patienceMs;

    /**
     * A client.
     *
     * @param standard asked where a name has no server of its own; the system's where empty
     * @param patience for each try with one server
     */
    DnsClient(List<Place> standard, Duration patience) {
        this.standard = List.copyOf(standard);
        this.patienceMs = Math.toIntExact(patience.toMillis());
    }

    /** One look-up of a name: who is asked, and for which full names. */
    Answer lookUp(Lookup lookup, int type) {
        List<InetSocketAddress> servers;
        List<String> names;
        if (!lookup.nameserver().isEmpty() || !standard.isEmpty()) {
            List<Place> named =
                    Place.parse(lookup.nameserver(), PORT).map(List::of).orElse(standard);
            servers = named.stream().map(DnsClient::socket).toList();
            names = new ResolverSettings(List.of(), List.of(), 0).candidates(lookup.name());
        } else {
            ResolverSettings system = system();
            names = system.candidates(lookup.name());
            servers =
                    system.servers().stream()
                            .map(DnsClient::systemServer)
                            .flatMap(Optional::stream)
                            .toList();
        }
        Answer answer = new Answer.Failed("no name server is known");
        for (String name : names) {
            answer = ask(servers, name, type);
            if (!(answer instanceof Answer.None)) {
                return answer;
            }
        }
        return answer;
    }

    private static ResolverSettings system() {
        try {
            return ResolverSettings.parse(Files.readString(SYSTEM));
        } catch (IOException e) {
            return ResolverSettings.parse("");
        }
    }

    private static Optional<InetSocketAddress> systemServer(String address) {
        try {
            return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(address), PORT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static InetSocketAddress socket(Place place) {
        return new InetSocketAddress(InetAddress.ofLiteral(place.address()), place.port());
    }

    private Answer ask(List<InetSocketAddress> servers, String name, int type) {
        Answer answer = new Answer.Failed("no name server is known");
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : servers) {
                answer = ask(server, name, type);
                if (!(answer instanceof Answer.Failed)) {
                    return answer;
                }
            }
        }
        return answer;
    }

    private Answer ask(InetSocketAddress server, String name, int type) {
        int id = random.nextInt(IDS);
        byte[] question = DnsMessage.question(id, name, type);
        try {
            Reply reply = overUdp(server, question, id, name, type);
            if (reply instanceof Reply.CutShort) {
                reply = DnsMessage.reply(overTcp(server, question), id, name, type);
            }
            return reply instanceof Reply.Answered(Answer answer)
                    ? answer
                    : new Answer.Failed("the name server " + text(server) + " answers unreadably");
        } catch (SocketTimeoutException e) {
            return new Answer.Failed(
                    "no answer from the name server %s within %d ms"
                            .formatted(text(server), patienceMs));
        } catch (IOException e) {
            return new Answer.Failed("name server " + text(server) + ": " + e.getMessage());
        }
    }

    private static String text(InetSocketAddress server) {
        return new Place(server.getAddress().getHostAddress(), server.getPort()).toString();
    }

    /** Datagrams that are no answer to the question are waited past. */
    private Reply overUdp(InetSocketAddress server, byte[] question, int id, String name, int type)
            throws IOException {
        long end = System.nanoTime() + Duration.ofMillis(patienceMs).toNanos();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.send(new DatagramPacket(question, question.length));
            while (true) {
                long leftMs = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (leftMs <= 0) {
                    throw new SocketTimeoutException();
                }
                socket.setSoTimeout(Math.toIntExact(leftMs));
                DatagramPacket packet =
                        new DatagramPacket(new byte[DnsMessage.UDP_BYTES], DnsMessage.UDP_BYTES);
                socket.receive(packet);
                byte[] message = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                Reply reply = DnsMessage.reply(message, id, name, type);
                if (!(reply instanceof Reply.NotOurs)) {
                    return reply;
                }
            }
        }
    }

    private byte[] overTcp(InetSocketAddress server, byte[] question) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, patienceMs);
            socket.setSoTimeout(patienceMs);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ByteBuffer.allocate(2 + question.length)
                            .putShort((short) question.length)
                            .put(question)
                            .array());
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return in.readNBytes(in.readUnsignedShort());
        }
    }
}
