package io.signalbox.renderer.core;

import io.signalbox.haproxy.Balance;
import io.signalbox.haproxy.Frame;
import io.signalbox.haproxy.FrameSettings;
import io.signalbox.haproxy.HttpMethod;
import io.signalbox.haproxy.Profile;
import io.signalbox.haproxy.Timeouts;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Defaults;
import java.util.Arrays;
import java.util.List;

/** Builds the content of a group's part {@code frame}. */
final class FramePart {
    private FramePart() {}

    /**
     * The frame of a definition, always the same for the same definition.
     *
     * @throws io.signalbox.haproxy.IllegalValue when HAProxy cannot have what it says
     */
    static ConfigRecord.Frame of(GroupDefinition group) {
        Frame frame = Frame.of(settings(group));
        Balance balance = Balance.of(group.defaults().balance());
        List<SpareProfile> spares =
                Arrays.stream(Profile.values())
                        .filter(profile -> profile != Profile.TCP || leadsConnections(group))
                        .map(profile -> spares(profile, group, balance))
                        .toList();
        return new ConfigRecord.Frame(
                frame.global(),
                frame.defaults(),
                frame.sections(),
                spares,
                group.entryPoints(),
                group.statistics(),
                group.oldestHaproxy(),
                group.accessLog(),
                group.snippets().ofFrame());
    }

    private static boolean leadsConnections(GroupDefinition group) {
        return group.entryPoints().stream().anyMatch(point -> point.tcp() != null);
    }

    private static SpareProfile spares(Profile profile, GroupDefinition group, Balance balance) {
        return new SpareProfile(
                profile.profileName(),
                group.spares(),
                profile.backend(balance, ServiceBackend.cookieKey(group)));
    }

    private static FrameSettings settings(GroupDefinition group) {
        Defaults defaults = group.defaults();
        return new FrameSettings(
                group.entryPoints().stream().map(FrameSettings.EntryPoint::of).toList(),
                new Timeouts(
                        defaults.connectTimeout(),
                        defaults.clientTimeout(),
                        defaults.serverTimeout(),
                        defaults.queueTimeout(),
                        defaults.httpRequestTimeout(),
                        defaults.keepAliveTimeout()),
                defaults.retries(),
                defaults.retryMethods().stream().map(HttpMethod::new).toList(),
                defaults.hardStopAfter(),
                defaults.maxConnections(),
                group.accessLog());
    }
}
