package io.signalbox.applier.core.plan;

import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.OptionsMap;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RouteValue;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.LiveOptions;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The structure that a worker was started with: what only a reload can change.
 *
 * @param backends by name, the spare ones included
 * @param rules the routes that are rules, by service; none where it has none
 */
public record Loaded(
        Frame frame, SortedMap<String, Backend> backends, SortedMap<String, List<Route>> rules) {
    public Loaded {
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
        backends = Collections.unmodifiableSortedMap(new TreeMap<>(backends));
    }

    /** Whether its frame reads ranks, rules and splits. */
    public boolean ranked() {
        return RouteValue.isRanked(frame.sections());
    }

    /** Whether connections are led as they are at any of its entry points. */
    boolean leadsConnections() {
        return MapName.TCP.isReadBy(frame.sections());
    }

    /** Whether requests are led at any of its entry points. */
    boolean leadsRequests() {
        return MapName.ROUTES.isReadBy(frame.sections()) || !leadsConnections();
    }

    /** Whether its frame reads the options of services. */
    public boolean readsOptions() {
        return OptionsMap.isRead(frame.sections());
    }

    /** Whether no request comes to a service with these options that they refuse for its sender. */
    boolean guards(LiveOptions options) {
        return !options.clientCertificate() || OptionsMap.isRead(frame.sections(), options);
    }

    /**
     * One backend of the configuration.
     *
     * @param profile the profile of a spare one; empty for a service's own
     * @param text the backend's text without its header and servers
     */
    public record Backend(String name, String profile, List<String> text) {
        public Backend {
            text = List.copyOf(text);
        }

        /** Whether it was made for no service in particular. */
        public boolean spare() {
            return !profile.isEmpty();
        }
    }

    /** The structure that the configuration file of these services has. */
    public static Loaded of(Wanted wanted) {
        SortedMap<String, Backend> backends = new TreeMap<>();
        boolean ranked = RouteValue.isRanked(wanted.frame().sections());
        SortedMap<String, List<Route>> rules = new TreeMap<>();
        for (WantedService service : wanted.services().values()) {
            if (ranked && !service.rules().isEmpty()) {
                rules.put(service.name(), service.rules());
            }
            String name = BackendNames.own(service.name());
            backends.put(name, new Backend(name, "", service.backend()));
        }
        for (SpareProfile profile : wanted.frame().spares()) {
            for (String name : BackendNames.spares(profile)) {
                backends.put(name, new Backend(name, profile.name(), profile.backend()));
            }
        }
        return new Loaded(wanted.frame(), backends, rules);
    }
}
