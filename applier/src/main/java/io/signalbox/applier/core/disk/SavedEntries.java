package io.signalbox.applier.core.disk;

import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.HttpsRedirect;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What entry points say beyond name and address, as texts: one for each entry point, empty where it
 * says no more, else its parts with a space after each.
 */
final class SavedEntries {
    private static final String NOTHING = "-";

    private SavedEntries() {}

    static boolean saysMore(EntryPoint entry) {
        return !entry.equals(new EntryPoint(entry.name(), entry.listen()));
    }

    static List<String> texts(List<EntryPoint> entries) {
        return entries.stream().map(SavedEntries::text).toList();
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static String text(EntryPoint entry) {
        if (!saysMore(entry)) {
            return "";
        }
        Tls tls = entry.tls();
        HttpsRedirect redirect = entry.redirect();
        List<String> parts = new ArrayList<>();
        parts.add(tls == null ? NOTHING : tls.profile().name());
        parts.add(tls == null || tls.clientCa().isEmpty() ? NOTHING : tls.clientCa());
        parts.add(Boolean.toString(tls != null && tls.clientOptional()));
        parts.add(Integer.toString(redirect == null ? 0 : redirect.status()));
        parts.add(Integer.toString(redirect == null ? 0 : redirect.port()));
        parts.add(Boolean.toString(entry.acceptProxy()));
        parts.addAll(entry.trustedProxies());
        return String.join(" ", parts);
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    static Frame with(Frame frame, List<String> texts) {
        List<EntryPoint> entries = new ArrayList<>();
        for (int i = 0; i < frame.entryPoints().size(); i++) {
            entries.add(with(frame.entryPoints().get(i), i < texts.size() ? texts.get(i) : ""));
        }
        return new Frame(
                frame.global(),
                frame.defaults(),
                frame.sections(),
                frame.spares(),
                entries,
                frame.statistics(),
                frame.oldestHaproxy(),
                frame.accessLog());
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static EntryPoint with(EntryPoint entry, String text) {
        if (text.isEmpty()) {
            return entry;
        }
        String[] parts = text.split(" ");
        int status = Integer.parseInt(parts[3]);
        return new EntryPoint(
                entry.name(),
                entry.listen(),
                tls(parts),
                status == 0 ? null : new HttpsRedirect(status, Integer.parseInt(parts[4])),
                Boolean.parseBoolean(parts[5]),
                Arrays.asList(parts).subList(6, parts.length));
    }

    private static @Nullable Tls tls(String[] parts) {
        return parts[0].equals(NOTHING)
                ? null
                : new Tls(
                        TlsProfile.valueOf(parts[0]),
                        parts[1].equals(NOTHING) ? "" : parts[1],
                        Boolean.parseBoolean(parts[2]));
    }
}
