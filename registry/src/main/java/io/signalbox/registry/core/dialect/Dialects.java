package io.signalbox.registry.core.dialect;

import io.signalbox.registry.core.translate.Translation;
import io.signalbox.registry.core.translate.Translation.Line;
import io.signalbox.registry.core.translate.Translation.NativeLabels;
import io.signalbox.registry.core.translate.Translators;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All dialects together: what any of them makes of a container. Foreign ones are translated to
 * native labels, which are then read like any others. Where the container's own native labels
 * decide what is served of it (by {@code enable} or by a route), they alone count; native labels
 * that decide nothing, such as a group, complete what others say.
 */
public final class Dialects {
    private static final String SERVICE = SignalboxKeys.PREFIX + SignalboxKeys.SERVICE;

    private Dialects() {}

    /** What the container declares, the same for the same container everywhere and always. */
    public static Declared declare(Container container) {
        List<Translation> translations = Translators.translate(container);
        if (translations.isEmpty()) {
            return SignalboxDialect.declare(container);
        }
        if (SignalboxDialect.decides(container)) {
            return nativeAlone(container, translations);
        }
        return declare(container, translations);
    }

    /**
     * What translations come to, of a container or of something that is described like one.
     *
     * @param container whose address, networks and exposed ports hold, and whose own native labels
     *     complete the translations
     */
    public static Declared declare(Container container, List<Translation> translations) {
        List<Declaration> declarations = new ArrayList<>();
        Rejections rejections = new Rejections();
        for (Translation translation : translations) {
            refused(translation, rejections);
            declarations.addAll(declared(container, translation, rejections));
        }
        return new Declared(declarations, rejections.sorted());
    }

    /**
     * What a translation declares of a service that is not a container's own word.
     *
     * @param service how it is called where the translation does not say
     */
    public static Declared declare(String service, Translation translation) {
        Rejections rejections = new Rejections();
        refused(translation, rejections);
        List<Declaration> declarations =
                declared(EndpointLabels.container(service), translation, rejections);
        return new Declared(declarations, rejections.sorted());
    }

    private static Declared nativeAlone(Container container, List<Translation> translations) {
        Declared own = SignalboxDialect.declare(container);
        Rejections rejections = new Rejections();
        own.rejections().forEach(rejections::add);
        for (Translation translation : translations) {
            String key = translation.lines().isEmpty() ? "" : translation.lines().getFirst().key();
            String rule =
                    "what it says to "
                            + translation.dialect().word()
                            + " is not followed, as it has native labels";
            rejections.add(Rejections.of("native-labels", key, "", rule));
        }
        return new Declared(own.declarations(), rejections.sorted());
    }

    private static void refused(Translation translation, Rejections rejections) {
        for (Line line : translation.lines()) {
            if (line instanceof Line.Refused refused) {
                rejections.add(
                        Rejections.of(
                                refused.code(),
                                refused.key(),
                                refused.value(),
                                refused.rule(),
                                refused.alternative()));
            }
        }
    }

    private static List<Declaration> declared(
            Container container, Translation translation, Rejections rejections) {
        Map<String, Declaration> known = new HashMap<>();
        List<Declaration> declarations = new ArrayList<>();
        for (NativeLabels service : translation.services()) {
            Map<String, String> labels = service.labels();
            ownLabels(container).forEach(labels::putIfAbsent);
            Declared declared = SignalboxDialect.declare(container, labels, translation.dialect());
            declared.rejections().forEach(one -> rejections.add(traced(one, service)));
            for (Declaration declaration : declared.declarations()) {
                Declaration first = known.putIfAbsent(declaration.service(), declaration);
                if (first == null || agree(first, declaration)) {
                    declarations.add(declaration);
                } else {
                    rejections.add(conflict(service, declaration, first));
                }
            }
        }
        return declarations;
    }

    /** Native labels of the container beside foreign ones: what only completes them. */
    private static SortedMap<String, String> ownLabels(Container container) {
        SortedMap<String, String> own = new TreeMap<>();
        container
                .labels()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(SignalboxKeys.PREFIX)) {
                                own.put(key, value);
                            }
                        });
        return own;
    }

    private static boolean agree(Declaration one, Declaration other) {
        return one.port() == other.port()
                && one.policy().equals(other.policy())
                && java.util.Objects.equals(one.network(), other.network());
    }

    private static Rejection conflict(
            NativeLabels service, Declaration declaration, Declaration first) {
        Translation.Word word = service.words().get(SERVICE);
        String rule =
                "this container already serves "
                        + first.service()
                        + " on port "
                        + first.port()
                        + " with another policy; another one needs a service name of its own";
        return Rejections.of(
                "service-conflict",
                word == null ? SERVICE : word.source(),
                declaration.service(),
                rule);
    }

    /** A rejection of a native label said of the foreign one that it comes from. */
    private static Rejection traced(Rejection rejection, NativeLabels service) {
        for (Map.Entry<String, Translation.Word> one : service.words().entrySet()) {
            if (one.getKey().equals(rejection.key())) {
                String message = rejection.message() + " (it became " + rejection.key() + ")";
                return Rejections.of(
                        rejection.code(), one.getValue().source(), rejection.value(), message);
            }
        }
        return rejection;
    }
}
