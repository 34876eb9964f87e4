package io.signalbox.haproxy;

/** One entry of a map; key and value are words without spaces. */
public record MapEntry(String key, String value) implements Comparable<MapEntry> {

    public MapEntry {
        CliText.word(key);
        CliText.word(value);
    }

    /** An entry of {@link MapName#ROUTES}. */
    public static MapEntry route(RouteKey key, ServiceName service) {
        return new MapEntry(key.text(), Route.plain(key).value(service.value()).text(true));
    }

    /** An entry of {@link MapName#SERVICES}. */
    public static MapEntry service(ServiceName service, Identifier backend) {
        return new MapEntry(service.value(), backend.value());
    }

    @Override
    public int compareTo(MapEntry other) {
        var byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : value.compareTo(other.value);
    }

    /** As in a map's file: key, space, value. */
    @Override
    public String toString() {
        return key + " " + value;
    }
}
