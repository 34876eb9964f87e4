package io.signalbox.applier.certificates;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;

/** The little of DER that keys and a self-signed certificate need. */
final class Der {
    static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int LONG_FORM = 0x80;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    /** One element: a tag, the length, and the parts one behind the other. */
    static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        out.write(tag);
        if (length < LONG_FORM) {
            out.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int from = digits[0] == 0 ? 1 : 0;
            out.write(LONG_FORM | (digits.length - from));
            out.write(digits, from, digits.length - from);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return element(SEQUENCE, parts);
    }

    static byte[] set(byte[]... parts) {
        return element(SET, parts);
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    static byte[] bits(byte[] value) {
        return element(BIT_STRING, new byte[1], value);
    }

    static byte[] octets(byte[] value) {
        return element(OCTET_STRING, value);
    }

    static byte[] text(String value) {
        return element(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] time(Instant value) {
        return element(GENERALIZED_TIME, TIME.format(value).getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier; its first two numbers are below 40. */
    static byte[] identifier(int... numbers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(numbers[0] * 40 + numbers[1]);
        for (int i = 2; i < numbers.length; i++) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (numbers[i] >> shift != 0) {
                    out.write(0x80 | ((numbers[i] >> shift) & 0x7f));
                }
            }
            out.write(numbers[i] & 0x7f);
        }
        return element(OBJECT_IDENTIFIER, out.toByteArray());
    }

    /**
     * The first element inside of a sequence, its own tag and length included.
     *
     * @throws IllegalArgumentException if the bytes are no sequence with one inside
     */
    static byte[] firstOf(byte[] sequence) {
        int start = content(sequence, 0).getFirst();
        List<Integer> inner = content(sequence, start);
        return Arrays.copyOfRange(sequence, start, inner.getLast());
    }

    /** Where the content of the element that begins there begins and ends. */
    private static List<Integer> content(byte[] bytes, int at) {
        if (at + 2 > bytes.length) {
            throw new IllegalArgumentException("no DER");
        }
        int first = bytes[at + 1] & 0xff;
        int begin = at + 2;
        int length = first;
        if (first >= LONG_FORM) {
            int digits = first - LONG_FORM;
            length = 0;
            for (int i = 0; i < digits && begin < bytes.length && i < 3; i++) {
                length = (length << 8) | (bytes[begin++] & 0xff);
            }
        }
        if (begin + length > bytes.length) {
            throw new IllegalArgumentException("no DER");
        }
        return List.of(begin, begin + length);
    }
}
