package io.signalbox.applier.template;

import io.signalbox.applier.core.template.KeyValues;
import io.signalbox.applier.core.template.TemplateData;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Functions that ask for services, servers, and keys. */
final class DataFunctions {
    private DataFunctions() {}

    static Map<String, Call.Body> of(TemplateData data) {
        Map<String, Call.Body> all = new TreeMap<>(keys(data.keys()));
        all.put("service", call -> service(data, call));
        all.put("servers", call -> servers(data, call));
        return all;
    }

    private static Map<String, Call.Body> keys(KeyValues keys) {
        return Map.of(
                "exists",
                call -> keys.exists(call.text(0)),
                "get",
                call -> keys.pair(call.text(0)),
                "gets",
                call -> keys.pairs(call.text(0)),
                "getv",
                call ->
                        call.has(1)
                                ? keys.value(call.text(0), call.text(1))
                                : keys.value(call.text(0)),
                "getvs",
                call -> keys.values(call.text(0)),
                "ls",
                call -> keys.children(call.text(0)),
                "lsdir",
                call -> keys.directories(call.text(0)));
    }

    private static Map<String, Object> service(TemplateData data, String name) {
        Map<String, Object> service = data.services().get(name);
        if (service == null) {
            throw new IllegalArgumentException(
                    "the group " + data.group() + " has no service " + name);
        }
        return service;
    }

    /** The service, or what stands in for one that is not there. */
    private static Object service(TemplateData data, Call call) {
        return isReplaced(data, call) ? call.any(1) : service(data, call.text(0));
    }

    private static Object servers(TemplateData data, Call call) {
        return isReplaced(data, call)
                ? call.any(1)
                : Objects.requireNonNull(service(data, call.text(0)).get("servers"));
    }

    private static boolean isReplaced(TemplateData data, Call call) {
        return call.has(1) && !data.services().containsKey(call.text(0));
    }
}
