package io.signalbox.cli.group;

import io.signalbox.cli.group.ValueKind.Address;
import io.signalbox.cli.group.ValueKind.Named;
import io.signalbox.cli.group.ValueKind.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The JSON Schema of a group definition, by which editors complete and check it. */
public final class GroupSchema {

    private GroupSchema() {}

    /** The whole schema, in the draft that editors understand. */
    public static String text() {
        JsonObject schema =
                new JsonObject()
                        .put("$schema", "http://json-schema.org/draft-07/schema#")
                        .put("title", "Signalbox group definition");
        section("", schema);
        schema.put("required", new JsonArray().add("name"));
        return schema.encodePrettily() + "\n";
    }

    private static JsonObject section(String path, JsonObject schema) {
        JsonObject properties = new JsonObject();
        for (GroupKey key : GroupKeys.in(path)) {
            properties.put(key.name(), of(key));
        }
        return schema.put("type", "object")
                .put("additionalProperties", false)
                .put("properties", properties);
    }

    private static JsonObject of(GroupKey key) {
        JsonObject schema =
                switch (key.kind()) {
                    case Section _ -> section(key.path(), new JsonObject());
                    case Named named -> named(key, named);
                    case ValueKind other -> other.schema();
                };
        return schema.put("description", description(key));
    }

    private static JsonObject named(GroupKey key, Named named) {
        JsonObject section =
                section(key.path() + ".*", new JsonObject())
                        .put("required", new JsonArray().add("listen"));
        return named.schema()
                .put("propertyNames", new JsonObject().put("pattern", "^" + named.name() + "$"))
                .put(
                        "additionalProperties",
                        new JsonObject()
                                .put(
                                        "anyOf",
                                        new JsonArray()
                                                .add(new Address(false).schema())
                                                .add(section)));
    }

    private static String description(GroupKey key) {
        return key.preset().isEmpty() ? key.meaning() : key.meaning() + " Default: " + key.preset();
    }
}
