package io.signalbox.renderer.core;

import io.signalbox.haproxy.ServiceName;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says by which value of the cookie clients stay with each server of a service, where containers
 * give values of their own: the one that is given, to the oldest server that gives it; else the
 * server's id, which no other server can take. A server that stops keeps what it has and takes it
 * from nobody, so that its successor may have the same. One thread, for one part.
 */
final class StickyValues {
    private final ServiceName service;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private final List<Note> notes;

    /**
     * @param names of all servers of the service
     * @param notes takes why a server does not have what its container gave
     */
    StickyValues(ServiceName service, Collection<String> names, List<Note> notes) {
        this.service = service;
        this.notes = notes;
        names.forEach(name -> ids.add(id(name)));
    }

    /** The server with its value; to be asked for the oldest first. */
    Server given(Server server) {
        String id = id(server.name());
        String value = server.cookie();
        if (value.isEmpty()) {
            return server.withCookie(id);
        }
        if (server.stopping()) {
            return server;
        }
        boolean isOthers = !value.equals(id) && ids.contains(value);
        if (isOthers || !taken.add(value)) {
            notes.add(Notes.cookieTaken(subject(server), value, id));
            return server.withCookie(id);
        }
        return server;
    }

    /** The server without a value: HAProxy makes it, if there is a cookie at all. */
    Server none(Server server) {
        if (!server.cookie().isEmpty()) {
            notes.add(Notes.cookieUnused(subject(server), server.cookie()));
        }
        return server.withCookie("");
    }

    /** What stands behind the service in the server's name. */
    private String id(String name) {
        return name.substring(service.value().length() + 1);
    }

    private static String subject(Server server) {
        return server.host() + "/" + server.container();
    }
}
