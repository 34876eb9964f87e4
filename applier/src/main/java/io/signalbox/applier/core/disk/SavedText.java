package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.RouteKey;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * A saved configuration as bytes that show whether they are whole: a mark with the format's number,
 * the length, the content, and a checksum over it. Drain times stand behind all the rest, and
 * behind them what entry points say beyond their address, and only if there are any: appliers that
 * do not know of them read the rest, and bytes that these wrote are whole.
 */
public final class SavedText {
    private static final int MARK = 0x5347_4201;
    private static final int HEAD_BYTES = 8;
    private static final int CHECKSUM_BYTES = 8;

    private SavedText() {}

    /** The bytes of a saved configuration. */
    public static byte[] encode(Saved saved) {
        Out out = new Out();
        Wanted wanted = saved.wanted();
        out.number(wanted.version().epoch());
        out.number(wanted.version().generation());
        out.text(saved.topicId());
        frame(out, wanted.frame());
        out.list(List.copyOf(wanted.services().values()), service -> service(out, service));
        out.texts(List.copyOf(saved.quiet()));
        List<EntryPoint> entries = wanted.frame().entryPoints();
        boolean more = entries.stream().anyMatch(SavedEntries::saysMore);
        drains(out, wanted, more);
        if (more) {
            out.texts(SavedEntries.texts(entries));
        }
        return out.finish();
    }

    /** What the bytes say; empty if they are not whole or of another format. */
    public static Optional<Saved> decode(byte[] bytes) {
        if (bytes.length < HEAD_BYTES + CHECKSUM_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int mark = in.getInt();
        int length = in.getInt();
        if (mark != MARK || length != bytes.length - HEAD_BYTES - CHECKSUM_BYTES) {
            return Optional.empty();
        }
        long checksum = in.getLong(HEAD_BYTES + length);
        return checksum == checksum(bytes, HEAD_BYTES, length)
                ? Optional.of(saved(new In(in)))
                : Optional.empty();
    }

    private static Saved saved(In in) {
        Version version = new Version(in.number(), in.number());
        String topicId = in.text();
        Frame frame = frame(in);
        SortedMap<String, WantedService> services = new TreeMap<>();
        in.list(() -> service(in)).forEach(service -> services.put(service.name(), service));
        TreeSet<String> quiet = new TreeSet<>(in.texts());
        drains(in, services);
        if (in.goesOn()) {
            frame = SavedEntries.with(frame, in.texts());
        }
        return new Saved(new Wanted(version, frame, services), topicId, quiet);
    }

    /** A service's drain time. */
    private record Drain(String service, Duration time) {}

    private static void drains(Out out, Wanted wanted, boolean always) {
        List<Drain> drains = new ArrayList<>();
        for (WantedService service : wanted.services().values()) {
            service.drain().ifPresent(time -> drains.add(new Drain(service.name(), time)));
        }
        if (always || !drains.isEmpty()) {
            out.list(
                    drains,
                    drain -> {
                        out.text(drain.service());
                        out.number(drain.time().toNanos());
                    });
        }
    }

    private static void drains(In in, SortedMap<String, WantedService> services) {
        if (!in.goesOn()) {
            return;
        }
        for (Drain drain : in.list(() -> drain(in))) {
            services.computeIfPresent(
                    drain.service(), (_, service) -> service.draining(drain.time()));
        }
    }

    private static Drain drain(In in) {
        return new Drain(in.text(), Duration.ofNanos(in.number()));
    }

    private static void frame(Out out, Frame frame) {
        out.texts(frame.global());
        out.texts(frame.defaults());
        out.texts(frame.sections());
        out.list(
                frame.spares(),
                profile -> {
                    out.text(profile.name());
                    out.number(profile.count());
                    out.texts(profile.backend());
                });
        out.list(
                frame.entryPoints(),
                entry -> {
                    out.text(entry.name());
                    listen(out, entry.listen());
                });
        Listen statistics = frame.statistics();
        out.list(
                statistics == null ? List.of() : List.of(statistics),
                listen -> listen(out, listen));
        out.text(frame.oldestHaproxy());
        out.flag(frame.accessLog());
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static Frame frame(In in) {
        List<String> global = in.texts();
        List<String> defaults = in.texts();
        List<String> sections = in.texts();
        List<SpareProfile> spares =
                in.list(() -> new SpareProfile(in.text(), (int) in.number(), in.texts()));
        List<EntryPoint> entries = in.list(() -> new EntryPoint(in.text(), listen(in)));
        List<Listen> statistics = in.list(() -> listen(in));
        return new Frame(
                global,
                defaults,
                sections,
                spares,
                entries,
                statistics.isEmpty() ? null : statistics.getFirst(),
                in.text(),
                in.flag());
    }

    private static void listen(Out out, Listen listen) {
        out.text(listen.address());
        out.number(listen.port());
    }

    private static Listen listen(In in) {
        return new Listen(in.text(), (int) in.number());
    }

    private static void service(Out out, WantedService service) {
        out.text(service.name());
        out.texts(service.backend());
        out.number(service.options().checkIntervalMs());
        out.number(service.options().fall());
        out.number(service.options().rise());
        out.list(service.servers(), server -> server(out, server));
        out.list(
                service.routes(),
                route -> {
                    out.text(route.host());
                    out.text(route.path());
                });
        out.list(
                service.leftOut(),
                note -> {
                    out.text(note.code());
                    out.text(note.subject());
                    out.text(note.message());
                });
    }

    private static WantedService service(In in) {
        return new WantedService(
                in.text(),
                in.texts(),
                new ServerOptions(in.number(), (int) in.number(), (int) in.number()),
                Optional.empty(),
                in.list(() -> server(in)),
                in.list(() -> new RouteKey(in.text(), in.text())),
                in.list(() -> new Note(in.text(), in.text(), in.text())));
    }

    private static void server(Out out, WantedServer server) {
        out.text(server.name());
        out.text(server.run());
        out.text(server.address());
        out.number(server.port());
        out.flag(server.proxied());
        out.number(server.weight());
        out.flag(server.stopping());
    }

    private static WantedServer server(In in) {
        return new WantedServer(
                in.text(),
                in.text(),
                in.text(),
                (int) in.number(),
                in.flag(),
                (int) in.number(),
                in.flag());
    }

    private static long checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return checksum.getValue();
    }

    /** Grows as it is written. One thread. */
    private static final class Out {
        private static final int FIRST_BYTES = 4096;
        private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES).position(HEAD_BYTES);

        private ByteBuffer room(int more) {
            if (bytes.remaining() < more) {
                ByteBuffer larger = ByteBuffer.allocate(bytes.capacity() * 2 + more);
                bytes = larger.put(bytes.flip());
            }
            return bytes;
        }

        private void number(long value) {
            room(Long.BYTES).putLong(value);
        }

        private void flag(boolean value) {
            room(1).put((byte) (value ? 1 : 0));
        }

        private void text(String value) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            room(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
        }

        private void texts(List<String> values) {
            list(values, this::text);
        }

        private <T> void list(List<T> values, Consumer<T> each) {
            room(Integer.BYTES).putInt(values.size());
            values.forEach(each);
        }

        private byte[] finish() {
            int length = bytes.position() - HEAD_BYTES;
            room(CHECKSUM_BYTES);
            bytes.putInt(0, MARK).putInt(Integer.BYTES, length);
            bytes.putLong(checksum(bytes.array(), HEAD_BYTES, length));
            byte[] all = new byte[bytes.position()];
            bytes.flip().get(all);
            return all;
        }
    }

    /** Reads what {@link Out} wrote. One thread. */
    private record In(ByteBuffer bytes) {
        /** Whether there is content left. */
        private boolean goesOn() {
            return bytes.remaining() > CHECKSUM_BYTES;
        }

        private long number() {
            return bytes.getLong();
        }

        private boolean flag() {
            return bytes.get() != 0;
        }

        private String text() {
            byte[] utf8 = new byte[bytes.getInt()];
            bytes.get(utf8);
            return new String(utf8, StandardCharsets.UTF_8);
        }

        private List<String> texts() {
            return list(this::text);
        }

        private <T> List<T> list(Supplier<T> each) {
            int size = bytes.getInt();
            List<T> values = new ArrayList<>(size);
            for (int index = 0; index < size; index++) {
                values.add(each.get());
            }
            return values;
        }
    }
}
