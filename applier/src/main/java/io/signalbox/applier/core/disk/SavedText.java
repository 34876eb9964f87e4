package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.schemas.ConfigRecord.Frame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * A saved configuration as bytes that show whether they are whole: a mark with the format's number,
 * the length, the content, and a checksum over it. Those of the first format are still read: they
 * say nothing of servers but address, weight and check, and their drain times stand behind all the
 * rest, if there are any. So do the options of services, in those of this format.
 */
public final class SavedText {
    private static final int FIRST_FORMAT = 0x5347_4201;
    private static final int MARK = 0x5347_4202;
    private static final int HEAD_BYTES = 8;
    private static final int CHECKSUM_BYTES = 8;

    private SavedText() {}

    /** The bytes of a saved configuration. */
    public static byte[] encode(Saved saved) {
        BytesOut out = new BytesOut();
        Wanted wanted = saved.wanted();
        out.number(wanted.version().epoch());
        out.number(wanted.version().generation());
        out.text(saved.topicId());
        SavedFrame.write(out, wanted.frame());
        out.list(
                List.copyOf(wanted.services().values()),
                service -> SavedService.write(out, service));
        out.texts(List.copyOf(saved.quiet()));
        SavedOptions.write(out, wanted.services());
        SavedSnippets.write(out, wanted.frame().snippets());
        SavedCookies.write(out, wanted.services().values());
        return whole(out.toBytes());
    }

    private static byte[] whole(byte[] content) {
        return ByteBuffer.allocate(HEAD_BYTES + content.length + CHECKSUM_BYTES)
                .putInt(MARK)
                .putInt(content.length)
                .put(content)
                .putLong(checksum(content, 0, content.length))
                .array();
    }

    /** What the bytes say; empty if they are not whole or of another format. */
    public static Optional<Saved> decode(byte[] bytes) {
        if (bytes.length < HEAD_BYTES + CHECKSUM_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int mark = in.getInt();
        int length = in.getInt();
        boolean known = mark == MARK || mark == FIRST_FORMAT;
        if (!known || length != bytes.length - HEAD_BYTES - CHECKSUM_BYTES) {
            return Optional.empty();
        }
        if (in.getLong(HEAD_BYTES + length) != checksum(bytes, HEAD_BYTES, length)) {
            return Optional.empty();
        }
        return saved(new BytesIn(in.slice(HEAD_BYTES, length)), mark == FIRST_FORMAT);
    }

    private static Optional<Saved> saved(BytesIn in, boolean first) {
        Version version = new Version(in.number(), in.number());
        String topicId = in.text();
        Frame frame = first ? SavedFrame.readFirst(in) : SavedFrame.read(in);
        SortedMap<String, WantedService> services = new TreeMap<>();
        in.list(() -> first ? SavedService.readFirst(in) : SavedService.read(in))
                .forEach(service -> services.put(service.name(), service));
        TreeSet<String> quiet = new TreeSet<>(in.texts());
        if (first) {
            SavedService.readDrains(in, services);
        }
        Frame whole = frame;
        while (in.goesOn()) {
            switch (in.text()) {
                case SavedOptions.NAME -> SavedOptions.read(in, services);
                case SavedOptions.CERTIFICATES -> SavedOptions.readCertificates(in, services);
                case SavedCookies.NAME -> SavedCookies.read(in, services);
                case SavedSnippets.NAME -> whole = frame.with(SavedSnippets.read(in));
                case SavedSnippets.SECTIONS ->
                        whole = whole.with(whole.snippets().withSections(in.texts()));
                // Of a release that knows more: without it something could be more open than it
                // was.
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Saved(new Wanted(version, whole, services), topicId, quiet));
    }

    private static long checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return checksum.getValue();
    }
}
