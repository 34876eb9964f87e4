package io.signalbox.applier.certificates;

import io.signalbox.applier.certificates.StoreScan.Found;
import io.signalbox.haproxy.CertificateName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What of one kind lies in a store: the last good value of each name, and why what lies there now
 * is not used. A file counts once it was the same at two looks, so that one that is still being
 * written is left alone. One thread at a time.
 */
final class Shelf<T> {
    /** What was refused may become good without a change: a date may come. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Reader<T> reader;
    private final Function<CertificateName, Optional<T>> deployed;
    private final SortedMap<CertificateName, T> good = new TreeMap<>();
    private final SortedMap<CertificateName, String> refused = new TreeMap<>();
    private final Map<CertificateName, String> seen = new HashMap<>();
    private final Map<CertificateName, String> taken = new HashMap<>();
    private Instant again = Instant.MIN;
    private boolean unsettled;

    /** Makes a value of what is in a name's files, or says why it cannot. */
    interface Reader<T> {
        T read(CertificateName name, String text, Instant now)
                throws Refused, IOException, InterruptedException;
    }

    /**
     * An empty one.
     *
     * @param deployed the last good value of a name, from before the start
     */
    Shelf(Reader<T> reader, Function<CertificateName, Optional<T>> deployed) {
        this.reader = reader;
        this.deployed = deployed;
    }

    /** Begins with what was good before the start. */
    void begin(Map<CertificateName, T> before) {
        good.putAll(before);
    }

    SortedMap<CertificateName, T> good() {
        return Collections.unmodifiableSortedMap(good);
    }

    SortedMap<CertificateName, String> refused() {
        return Collections.unmodifiableSortedMap(refused);
    }

    /** Whether something new was there at the last look, and only then. */
    boolean unsettled() {
        return unsettled;
    }

    /**
     * Takes over what was found.
     *
     * @param first whether to take what is there as it is
     * @return whether there are other good values than before
     */
    boolean look(SortedMap<CertificateName, Found> found, boolean first, Instant now)
            throws InterruptedException {
        boolean changed = good.keySet().retainAll(found.keySet());
        refused.keySet().retainAll(found.keySet());
        taken.keySet().retainAll(found.keySet());
        boolean retry = !now.isBefore(again);
        again = retry ? now.plus(LOOK_AGAIN) : again;
        unsettled = false;
        for (Map.Entry<CertificateName, Found> entry : found.entrySet()) {
            CertificateName name = entry.getKey();
            String stamp = entry.getValue().stamp();
            boolean settled = first || stamp.equals(seen.put(name, stamp));
            boolean fresh = !stamp.equals(taken.get(name));
            if (settled && (fresh || (retry && refused.containsKey(name)))) {
                taken.put(name, stamp);
                changed |= take(name, entry.getValue(), now);
            }
            unsettled |= !settled && fresh;
        }
        return changed;
    }

    private boolean take(CertificateName name, Found found, Instant now)
            throws InterruptedException {
        try {
            T value = reader.read(name, found.read(), now);
            refused.remove(name);
            return !value.equals(good.put(name, value));
        } catch (Refused e) {
            return refuse(name, e.why());
        } catch (IOException e) {
            return refuse(name, "it cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private boolean refuse(CertificateName name, String why) {
        refused.put(name, why);
        if (good.containsKey(name)) {
            return false;
        }
        Optional<T> before = deployed.apply(name);
        before.ifPresent(value -> good.put(name, value));
        return before.isPresent();
    }
}
