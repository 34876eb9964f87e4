package io.signalbox.watcher.core.lists;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.signalbox.watcher.core.lists.KnownAddresses.Answer;
import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The few messages of DNS (RFC 1035) that a look-up of addresses takes. Answers come from the
 * network: nothing in them is believed that is not checked.
 */
public final class DnsMessage {
    /** The type of a record with an IPv4 address. */
    public static final int A = 1;

    /** The type of a record with an IPv6 address. */
    public static final int AAAA = 28;

    /** The longest answer that is taken over UDP; longer ones are asked for again over TCP. */
    public static final int UDP_BYTES = 1_232;

    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}\\.?$)([A-Za-z0-9_-]{1,63}\\.)*[A-Za-z0-9_-]{1,63}\\.?");
    private static final int OPT = 41;
    private static final int INTERNET = 1;
    private static final int HEADER_BYTES = 12;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int RESPONSE = 0x8000;
    private static final int TRUNCATED = 0x0200;
    private static final int CODE_MASK = 0x000f;
    private static final int NO_ERROR = 0;
    private static final int NO_SUCH_NAME = 3;
    private static final int POINTER = 0xc0;

    private DnsMessage() {}

    /**
     * Whether names may be looked up that look like this: letters, digits, hyphens, underscores.
     */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** What a datagram turned out to be. */
    public sealed interface Reply {

        /** It answers the question. */
        record Answered(Answer answer) implements Reply {}

        /** Its end is missing: the question is to be asked over TCP. */
        record CutShort() implements Reply {}

        /** It answers something else, or cannot be read. */
        record NotOurs() implements Reply {}
    }

    /** The question for all records of a type. */
    public static byte[] question(int id, String name, int type) {
        ByteBuffer out = ByteBuffer.allocate(512);
        out.putShort((short) id).putShort((short) RECURSION_DESIRED);
        out.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 1);
        asked(out, name, type);
        out.put((byte) 0).putShort((short) OPT).putShort((short) UDP_BYTES);
        out.putInt(0).putShort((short) 0);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] asked(String name, int type) {
        ByteBuffer out = ByteBuffer.allocate(512);
        asked(out, name, type);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void asked(ByteBuffer out, String name, int type) {
        for (String label : name.split("\\.", -1)) {
            out.put((byte) label.length()).put(label.getBytes(US_ASCII));
        }
        out.put((byte) 0).putShort((short) type).putShort((short) INTERNET);
    }

    /** Reads what came back for {@link #question}. */
    public static Reply reply(byte[] message, int id, String name, int type) {
        try {
            return read(ByteBuffer.wrap(message), id, name, type);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return new Reply.NotOurs();
        }
    }

    private static Reply read(ByteBuffer in, int id, String name, int type) {
        int gotId = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        int questions = in.getShort() & 0xffff;
        int answers = in.getShort() & 0xffff;
        in.position(HEADER_BYTES);
        if (gotId != id
                || (flags & RESPONSE) == 0
                || questions != 1
                || !echoes(in, asked(name, type))) {
            return new Reply.NotOurs();
        }
        if ((flags & TRUNCATED) != 0) {
            return new Reply.CutShort();
        }
        return new Reply.Answered(
                switch (flags & CODE_MASK) {
                    case NO_ERROR -> addresses(in, answers, name, type);
                    case NO_SUCH_NAME -> new Answer.None("no such name");
                    default ->
                            new Answer.Failed("the name server answers " + code(flags & CODE_MASK));
                });
    }

    private static boolean echoes(ByteBuffer in, byte[] wanted) {
        byte[] got = new byte[wanted.length];
        in.get(got);
        // Letters of names may come back in another case; the other bytes are no letters' codes.
        return new String(got, US_ASCII).equalsIgnoreCase(new String(wanted, US_ASCII));
    }

    private static Answer addresses(ByteBuffer in, int answers, String name, int type) {
        Set<String> found = new TreeSet<>();
        for (int index = 0; index < answers; index++) {
            skipName(in);
            int gotType = in.getShort() & 0xffff;
            int gotClass = in.getShort() & 0xffff;
            in.getInt();
            byte[] data = new byte[in.getShort() & 0xffff];
            in.get(data);
            if (gotType == type && gotClass == INTERNET && data.length == (type == A ? 4 : 16)) {
                address(data, found);
            }
        }
        return found.isEmpty()
                ? new Answer.None(name + " has no address")
                : new Answer.Addresses(found.stream().toList());
    }

    private static void address(byte[] data, Set<String> found) {
        InetAddress address =
                InetAddress.ofLiteral(
                        data.length == 4 ? grouped(data, 1, 10, ".") : grouped(data, 2, 16, ":"));
        if (Place.serves(address)) {
            found.add(Place.text(address));
        }
    }

    private static String grouped(byte[] data, int size, int radix, String between) {
        List<String> groups = new ArrayList<>();
        for (int at = 0; at < data.length; at += size) {
            int value = 0;
            for (int index = at; index < at + size; index++) {
                value = (value << Byte.SIZE) | (data[index] & 0xff);
            }
            groups.add(Integer.toString(value, radix));
        }
        return String.join(between, groups);
    }

    private static void skipName(ByteBuffer in) {
        while (true) {
            int length = in.get() & 0xff;
            if (length == 0) {
                return;
            }
            if ((length & POINTER) == POINTER) {
                in.get();
                return;
            }
            in.position(in.position() + length);
        }
    }

    private static String code(int code) {
        return switch (code) {
            case 1 -> "that it cannot read the question";
            case 2 -> "that it failed";
            case 4 -> "that it does not know such questions";
            case 5 -> "that it refuses";
            default -> "code " + code;
        };
    }
}
