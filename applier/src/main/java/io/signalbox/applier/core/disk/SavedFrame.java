package io.signalbox.applier.core.disk;

import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.HttpsRedirect;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The frame of a saved configuration as bytes. */
final class SavedFrame {
    /** Stands between how connections are led, where they are, and the profile of TLS. */
    private static final String TCP = ":";

    private SavedFrame() {}

    static void write(BytesOut out, Frame frame) {
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
        out.list(frame.entryPoints(), entry -> write(out, entry));
        Listen statistics = frame.statistics();
        out.list(
                statistics == null ? List.of() : List.of(statistics), listen -> write(out, listen));
        out.text(frame.oldestHaproxy());
        out.flag(frame.accessLog());
    }

    static Frame read(BytesIn in) {
        return read(in, () -> entry(in));
    }

    /** A frame of the first format, whose entry points say no more than where they listen. */
    static Frame readFirst(BytesIn in) {
        return read(in, () -> new EntryPoint(in.text(), listen(in)));
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static Frame read(BytesIn in, Supplier<EntryPoint> entry) {
        List<String> global = in.texts();
        List<String> defaults = in.texts();
        List<String> sections = in.texts();
        List<SpareProfile> spares =
                in.list(() -> new SpareProfile(in.text(), (int) in.number(), in.texts()));
        List<EntryPoint> entries = in.list(entry);
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

    private static void write(BytesOut out, EntryPoint entry) {
        out.text(entry.name());
        write(out, entry.listen());
        Tls tls = entry.tls();
        Tcp tcp = entry.tcp();
        out.text((tcp == null ? "" : tcp.name() + TCP) + (tls == null ? "" : tls.profile().name()));
        if (tls != null) {
            out.text(tls.clientCa());
            out.flag(tls.clientOptional());
        }
        HttpsRedirect redirect = entry.redirect();
        out.number(redirect == null ? 0 : redirect.status());
        if (redirect != null) {
            out.number(redirect.port());
        }
        out.flag(entry.acceptProxy());
        out.texts(entry.trustedProxies());
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static EntryPoint entry(BytesIn in) {
        String name = in.text();
        Listen listen = listen(in);
        String kind = in.text();
        int colon = kind.indexOf(TCP);
        Tcp tcp = colon < 0 ? null : Tcp.valueOf(kind.substring(0, colon));
        return new EntryPoint(
                name,
                listen,
                tls(kind.substring(colon + 1), in),
                redirect(in),
                in.flag(),
                in.texts(),
                tcp);
    }

    private static @Nullable Tls tls(String profile, BytesIn in) {
        return profile.isEmpty()
                ? null
                : new Tls(TlsProfile.valueOf(profile), in.text(), in.flag());
    }

    private static @Nullable HttpsRedirect redirect(BytesIn in) {
        int status = (int) in.number();
        return status == 0 ? null : new HttpsRedirect(status, (int) in.number());
    }

    private static void write(BytesOut out, Listen listen) {
        out.text(listen.address());
        out.number(listen.port());
    }

    private static Listen listen(BytesIn in) {
        return new Listen(in.text(), (int) in.number());
    }
}
