package io.signalbox.schemas.codec;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.serializers.subject.strategy.SubjectNameStrategy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subject of a topic: codecs name their topic without a group, so it is the name's. */
public final class TopicSubjects implements SubjectNameStrategy {

    /** For Confluent's serializer, which makes it by its class name. */
    public TopicSubjects() {}

    @Override
    public String subjectName(String topic, boolean isKey, @Nullable ParsedSchema schema) {
        return topic + "-value";
    }

    @Override
    public void configure(Map<String, ?> config) {}
}
