package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.BackendNames;
import io.signalbox.applier.core.plan.HaproxyServers;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.Configuration;
import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.Configuration.PlacedServer;
import io.signalbox.haproxy.Configuration.Spare;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.LocalSettings;
import io.signalbox.haproxy.ServiceName;
import io.signalbox.schemas.ConfigRecord;
import java.util.ArrayList;
import java.util.List;

/** The files that a saved configuration has on disk. */
public final class ConfigFiles {
    private ConfigFiles() {}

    /** HAProxy's configuration and its maps: every service in a backend of its own name. */
    public static Configuration.Files of(
            Saved saved, LocalSettings local, Capabilities capabilities) {
        Wanted wanted = saved.wanted();
        ConfigRecord.Frame frame = wanted.frame();
        List<Backend> backends = new ArrayList<>();
        for (WantedService service : wanted.services().values()) {
            ServiceName name = new ServiceName(service.name());
            backends.add(backend(name, service, saved));
        }
        return new Configuration(
                        SnippetText.of(frame),
                        backends,
                        spares(frame),
                        WantedService.routes(wanted.services()),
                        wanted.version().epoch(),
                        wanted.version().generation())
                .files(local, capabilities);
    }

    private static Backend backend(ServiceName name, WantedService service, Saved saved) {
        List<PlacedServer> servers =
                FileServers.of(service, saved.quiet()).stream()
                        .map(live -> new PlacedServer(HaproxyServers.of(live), live.enabled()))
                        .toList();
        return new Backend(
                name,
                new Identifier(BackendNames.own(service.name())),
                SnippetText.ofBackend(service.backend(), saved.wanted().frame()),
                servers,
                service.live());
    }

    private static List<Spare> spares(ConfigRecord.Frame frame) {
        List<Spare> spares = new ArrayList<>();
        for (ConfigRecord.SpareProfile profile : frame.spares()) {
            for (String name : BackendNames.spares(profile)) {
                spares.add(
                        new Spare(
                                new Identifier(name),
                                SnippetText.ofBackend(profile.backend(), frame)));
            }
        }
        return spares;
    }
}
