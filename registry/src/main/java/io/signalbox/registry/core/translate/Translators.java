package io.signalbox.registry.core.translate;

import io.signalbox.registry.core.translate.cosmonaut.CosmonautTranslator;
import io.signalbox.registry.core.translate.dockercloud.DockercloudTranslator;
import io.signalbox.registry.core.translate.dockerflow.DockerFlowTranslator;
import io.signalbox.registry.core.translate.nginxproxy.NginxProxyTranslator;
import io.signalbox.registry.core.translate.traefik.TraefikTranslator;
import io.signalbox.schemas.Container;
import java.util.ArrayList;
import java.util.List;

/** All foreign dialects. */
public final class Translators {
    private static final List<Translator> ALL =
            List.of(
                    new DockerFlowTranslator(),
                    new DockercloudTranslator(),
                    new NginxProxyTranslator(),
                    new TraefikTranslator(),
                    new CosmonautTranslator());

    private Translators() {}

    /**
     * What the container says in each foreign dialect that it speaks, in the order of the dialects.
     */
    public static List<Translation> translate(Container container) {
        List<Translation> spoken = new ArrayList<>();
        for (Translator translator : ALL) {
            translator.translate(container).ifPresent(spoken::add);
        }
        return spoken;
    }
}
