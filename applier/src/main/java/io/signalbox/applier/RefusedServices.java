package io.signalbox.applier;

import io.signalbox.applier.core.Culprits;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.Worker;
import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the services for which HAProxy refuses a configuration, by having it check others with some
 * of them only, and holds their text back. Owned by the loop.
 */
final class RefusedServices {
    private static final Logger log = LoggerFactory.getLogger(RefusedServices.class);

    private final Worker worker;
    private final Deployment deployment;
    private final Desired desired;

    RefusedServices(Worker worker, Deployment deployment, Desired desired) {
        this.worker = worker;
        this.deployment = deployment;
        this.desired = desired;
    }

    /**
     * Finds what HAProxy refuses and holds it back.
     *
     * @param words what HAProxy says of it
     * @param good what serves; null if nothing does
     * @return false if there is nothing to hold back
     * @throws IOException if it cannot be tried
     */
    boolean holdBack(Saved refused, String words, @Nullable Deployed good) throws IOException {
        Wanted wanted = refused.wanted();
        Map<String, WantedService> last = goodText(wanted, good);
        List<String> suspects =
                wanted.services().values().stream()
                        .filter(
                                service -> {
                                    WantedService before = last.get(service.name());
                                    return before == null || !service.hasTextOf(before);
                                })
                        .map(WantedService::name)
                        .toList();
        Optional<Set<String>> culprits =
                Culprits.find(suspects, included -> accepted(refused, last, suspects, included));
        if (culprits.isEmpty()) {
            if (good == null || good.saved().wanted().frame().equals(wanted.frame())) {
                return false;
            }
            desired.refuseFrame(good.saved().wanted().frame(), words);
            return true;
        }
        for (String culprit : culprits.get()) {
            desired.quarantine(culprit, last.get(culprit), words);
            log.atError()
                    .addKeyValue("service", culprit)
                    .addKeyValue("error", words)
                    .log("HAProxy refuses the service: its last good text stays");
        }
        return !culprits.get().isEmpty();
    }

    /**
     * The services with text that HAProxy took: at the last reload, or in a spare backend since, if
     * that is another text than the one that is refused now.
     */
    private Map<String, WantedService> goodText(Wanted wanted, @Nullable Deployed good) {
        Map<String, WantedService> last = new TreeMap<>();
        if (good != null) {
            last.putAll(good.saved().wanted().services());
        }
        if (worker.known()) {
            for (WantedService service : wanted.services().values()) {
                worker.running()
                        .textOf(service.name())
                        .filter(
                                text ->
                                        !text.equals(service.backend())
                                                || !service.rules().isEmpty())
                        .map(service::withText)
                        .ifPresent(running -> last.putIfAbsent(service.name(), running));
            }
        }
        return last;
    }

    private boolean accepted(
            Saved refused,
            Map<String, WantedService> last,
            List<String> suspects,
            Set<String> included) {
        Map<String, WantedService> services = new TreeMap<>(refused.wanted().services());
        for (String suspect : suspects) {
            if (!included.contains(suspect)) {
                WantedService before = last.get(suspect);
                if (before == null) {
                    services.remove(suspect);
                } else {
                    services.computeIfPresent(suspect, (_, now) -> now.withTextOf(before));
                }
            }
        }
        Saved trial =
                new Saved(
                        refused.wanted().withServices(services),
                        refused.topicId(),
                        refused.quiet());
        try {
            Deployed deployed = deployment.write(trial, worker.capabilities());
            boolean fine = deployment.check(deployed).isEmpty();
            deployment.discard(deployed);
            return fine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while checking", e));
        }
    }
}
