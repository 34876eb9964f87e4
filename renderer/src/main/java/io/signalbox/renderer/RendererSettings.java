package io.signalbox.renderer;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.util.List;

/**
 * The renderer's settings.
 *
 * @param groupId the consumer group that shares the proxy groups out
 * @param defaultListen where the built-in group listens; an empty host means every address
 */
public record RendererSettings(CommonSettings common, String groupId, HostPort defaultListen) {

    static final Setting<HostPort> HTTP_LISTEN = CommonSettings.httpListen("renderer", 8413);

    static final Setting<HostPort> DEFAULT_LISTEN =
            Setting.of(
                    "default-listen",
                    SettingType.HOST_PORT,
                    ":80",
                    "Where HAProxy listens for the group 'default' while that is not defined.");

    static final List<Setting<?>> ALL = CommonSettings.with(HTTP_LISTEN, List.of(DEFAULT_LISTEN));

    static RendererSettings from(SettingValues values, CommonSettings common) {
        HostPort listen = values.get(DEFAULT_LISTEN);
        if (listen.port() == 0) {
            throw values.mistake(DEFAULT_LISTEN, "must have a port from 1 to 65535");
        }
        if (!listen.host().isEmpty() && !listen.host().matches("[0-9.]+|[0-9a-fA-F:]+")) {
            throw values.mistake(DEFAULT_LISTEN, "must have an IP address or no host");
        }
        return new RendererSettings(common, common.topicPrefix() + "renderer", listen);
    }

    /** The group that is there without a definition. */
    GroupDefinition builtIn() {
        return GroupDefinition.builtIn(
                GroupDefinition.DEFAULT, new Listen(defaultListen.host(), defaultListen.port()));
    }
}
