package io.signalbox.registry.doors;

import io.signalbox.registry.core.doors.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One request that a door let in, its body read. Used by the event loop. */
public final class Call {
    private final RoutingContext context;

    Call(RoutingContext context) {
        this.context = context;
    }

    /** A variable part of the path, decoded. */
    public String pathParameter(String name) {
        return String.valueOf(context.pathParam(name));
    }

    /** The parameters of the query, decoded; each with all of its values, as they were given. */
    public SortedMap<String, List<String>> query() {
        SortedMap<String, List<String>> all = new TreeMap<>();
        context.queryParams().names().forEach(n -> all.put(n, context.queryParams().getAll(n)));
        return Collections.unmodifiableSortedMap(all);
    }

    /** Whether nobody else's machine is at the other end: a loopback address has none. */
    public boolean isOfThisMachine() {
        String local = context.request().localAddress().hostAddress();
        return local != null && InetAddress.ofLiteral(local).isLoopbackAddress();
    }

    /** The body's bytes; empty where there is none. */
    public byte[] body() {
        Buffer body = context.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    /**
     * The body as JSON.
     *
     * @throws io.signalbox.registry.core.doors.Refused with 400 where it is none, or says a key
     *     twice
     */
    public Json json() {
        return JsonText.read(body());
    }
}
