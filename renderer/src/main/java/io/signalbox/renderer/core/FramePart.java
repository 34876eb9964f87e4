package io.signalbox.renderer.core;

import io.signalbox.haproxy.Balance;
import io.signalbox.haproxy.Frame;
import io.signalbox.haproxy.FrameSettings;
import io.signalbox.haproxy.HttpMethod;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.ListenAddress;
import io.signalbox.haproxy.Network;
import io.signalbox.haproxy.Profile;
import io.signalbox.haproxy.Timeouts;
import io.signalbox.haproxy.TlsSettings;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Defaults;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

    private static SpareProfile spares(Profile profile, GroupDefinition group, Balance balance) {
        return new SpareProfile(
                profile.profileName(),
                group.spares(),
                profile.backend(balance, ServiceBackend.cookieKey(group)));
    }

    private static FrameSettings settings(GroupDefinition group) {
        Defaults defaults = group.defaults();
        return new FrameSettings(
                group.entryPoints().stream().map(FramePart::entryPoint).toList(),
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

    private static FrameSettings.EntryPoint entryPoint(GroupDefinition.EntryPoint point) {
        return new FrameSettings.EntryPoint(
                new Identifier(point.name()),
                new ListenAddress(point.listen().address(), point.listen().port()),
                Optional.ofNullable(point.tls())
                        .map(
                                tls ->
                                        TlsSettings.of(
                                                tls.profile().name(),
                                                tls.clientCa(),
                                                tls.clientOptional())),
                Optional.ofNullable(point.redirect())
                        .map(to -> new FrameSettings.HttpsRedirect(to.status(), to.port())),
                point.acceptProxy(),
                point.trustedProxies().stream().map(Network::new).toList());
    }
}
