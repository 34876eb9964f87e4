package io.signalbox.applier.core.plan;

import io.signalbox.applier.core.plan.Loaded.Backend;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which backends a new service may be given: its own of an earlier time if the text is still the
 * same, else a free spare one. What is given away while planning is remembered here. One thread,
 * for one plan.
 */
final class SpareBook {
    private static final int REFILL_BELOW = 4;

    private final Running running;
    private final Set<String> given = new HashSet<>();

    SpareBook(Running running) {
        this.running = running;
    }

    /** Takes a backend for the service. */
    Optional<String> claim(WantedService service) {
        String own = BackendNames.own(service.name());
        Optional<String> found = usable(own, service) ? Optional.of(own) : free(service.backend());
        found.ifPresent(given::add);
        return found;
    }

    /** Whether the backend was taken for a service. */
    boolean gave(String backend) {
        return given.contains(backend);
    }

    /** Whether a profile has the text, so that only a free backend is missing. */
    boolean fitsProfile(List<String> text) {
        return running.loaded().frame().spares().stream()
                .anyMatch(profile -> profile.count() > 0 && profile.backend().equals(text));
    }

    /** The profiles of which less than a quarter is free. */
    List<String> scarce() {
        return running.loaded().frame().spares().stream()
                .filter(profile -> freeOf(profile) * REFILL_BELOW < profile.count())
                .map(SpareProfile::name)
                .toList();
    }

    /** A service's own backend serves it again, whatever is still in it. */
    private boolean usable(String own, WantedService service) {
        Backend backend = running.loaded().backends().get(own);
        return backend != null
                && !backend.spare()
                && backend.text().equals(service.backend())
                && running.serviceOf(own) == null;
    }

    private Optional<String> free(List<String> text) {
        return running.loaded().frame().spares().stream()
                .filter(profile -> profile.backend().equals(text))
                .flatMap(profile -> BackendNames.spares(profile).stream())
                .filter(this::isFree)
                .findFirst();
    }

    private long freeOf(SpareProfile profile) {
        return BackendNames.spares(profile).stream().filter(this::isFree).count();
    }

    private boolean isFree(String backend) {
        return running.free(backend)
                && !given.contains(backend)
                && running.loaded().backends().containsKey(backend);
    }
}
