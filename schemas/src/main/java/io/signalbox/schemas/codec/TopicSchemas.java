package io.signalbox.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import io.signalbox.schemas.WatcherControl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * The published schemas of each topic, oldest first: resources {@code
 * io/signalbox/schemas/avro/<name>/v<n>.avsc} that never change. Records are written with the
 * newest.
 */
final class TopicSchemas {

    private static final String FOLDER = "/io/signalbox/schemas/avro/";

    /** One object for each, so that comparing schemas is comparing references. */
    private static final Map<Topic, Schema> NEWEST = new ConcurrentHashMap<>();

    private TopicSchemas() {}

    /** The Java type of a topic's values. */
    static Class<?> type(Topic topic) {
        return switch (topic) {
            case CONTAINER_EVENTS -> Event.class;
            case SERVICE_STATE -> ServiceState.class;
            case PROXY_GROUPS -> GroupRecord.class;
            case PROXY_CONFIGS, CONFIG_HISTORY -> ConfigRecord.class;
            case APPLY_RESULTS -> ApplyResult.class;
            case LIVENESS -> Liveness.class;
            case WATCHER_CONTROL -> WatcherControl.class;
        };
    }

    /** The folder of a topic's schemas; the history has those of what it is the history of. */
    static String folder(Topic topic) {
        return (topic == Topic.CONFIG_HISTORY ? Topic.PROXY_CONFIGS : topic).shortName();
    }

    /**
     * The subject of a topic's values in the registry: {@code <topic>-value}, and one subject for
     * the topics of all groups, so that a new group registers nothing.
     */
    static String subject(String prefix, Topic topic) {
        return prefix + topic.shortName() + "-value";
    }

    /** What records are written with. */
    static Schema newest(Topic topic) {
        return NEWEST.computeIfAbsent(topic, absent -> versions(absent).getLast());
    }

    /** All published versions, oldest first. */
    static List<Schema> versions(Topic topic) {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; ; version++) {
            String path = FOLDER + folder(topic) + "/v" + version + ".avsc";
            try (InputStream in = TopicSchemas.class.getResourceAsStream(path)) {
                if (in == null) {
                    break;
                }
                versions.add(new Schema.Parser().parse(new String(in.readAllBytes(), UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(path, e);
            }
        }
        if (versions.isEmpty()) {
            throw new IllegalStateException("no schema in " + FOLDER + folder(topic));
        }
        return List.copyOf(versions);
    }
}
