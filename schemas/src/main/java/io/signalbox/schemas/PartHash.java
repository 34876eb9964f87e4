package io.signalbox.schemas;

import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a part's content: SHA-256 in hex over every field in the order of the records, with
 * lengths; of a policy only what it says, by name, so that content without it keeps its hash. Epoch
 * and generation are no part of it: the same content has the same hash whoever wrote it. A reader
 * that does not know all of a part's fields gets another hash and so never acts on what it only
 * half understands.
 */
public final class PartHash {
    private PartHash() {}

    /** The content's hash, 64 hexadecimal characters. */
    public static String of(Content content) {
        CanonicalDigest digest = new CanonicalDigest();
        switch (content) {
            case Removed _ -> digest.text("removed");
            case Frame frame -> frame(digest.text("frame"), frame);
            case Service service -> service(digest.text("service"), service);
        }
        return digest.hex();
    }

    private static void frame(CanonicalDigest digest, Frame frame) {
        digest.texts(frame.global()).texts(frame.defaults()).texts(frame.sections());
        digest.list(frame.spares(), spare -> spare(digest, spare));
        digest.list(frame.entryPoints(), point -> entryPoint(digest, point));
        digest.optional(frame.statistics(), listen -> listen(digest, listen));
        digest.text(frame.oldestHaproxy()).truth(frame.accessLog());
        digest.said("snippets", frame.snippets(), false);
    }

    private static void entryPoint(CanonicalDigest digest, GroupDefinition.EntryPoint point) {
        listen(digest.text(point.name()), point.listen());
        digest.said("tls", point.tls(), true);
        digest.said("redirect", point.redirect(), true);
        digest.said("accept-proxy", point.acceptProxy(), false);
        digest.said("trusted-proxies", point.trustedProxies(), false);
        digest.said("tcp", point.tcp(), true);
    }

    private static void spare(CanonicalDigest digest, SpareProfile spare) {
        digest.text(spare.name()).number(spare.count()).texts(spare.backend());
    }

    private static void listen(CanonicalDigest digest, GroupDefinition.Listen listen) {
        digest.text(listen.address()).number(listen.port());
    }

    private static void service(CanonicalDigest digest, Service service) {
        digest.text(service.service()).texts(service.backend());
        digest.number(service.serverOptions().checkIntervalMs());
        digest.number(service.serverOptions().fall()).number(service.serverOptions().rise());
        digest.said("options", service.serverOptions().further(), false);
        digest.list(service.servers(), server -> server(digest, server));
        digest.list(service.routes(), route -> route(digest, route));
        digest.list(service.notes(), note -> note(digest, note));
        policy(digest, service.policy());
        digest.said("snippet", service.snippet(), false);
        digest.said("live", service.live(), false);
    }

    private static void policy(CanonicalDigest digest, Policy policy) {
        time(digest, "drain", policy.drain());
        Policy.Balance balance = policy.balance();
        if (balance != null) {
            digest.text("balance").text(balance.name());
        }
        time(digest, "timeout.server", policy.timeouts().server());
        time(digest, "timeout.queue", policy.timeouts().queue());
        time(digest, "timeout.tunnel", policy.timeouts().tunnel());
        Integer retries = policy.retries();
        if (retries != null) {
            digest.text("retries").number(retries);
        }
        digest.said("sticky", policy.sticky(), true);
        digest.said("check", policy.check(), true);
        digest.said("servers", policy.servers(), false);
        digest.said("standing", policy.standing(), false);
        digest.said("http", policy.http(), false);
    }

    private static void time(CanonicalDigest digest, String name, @Nullable Duration time) {
        if (time != null) {
            digest.text(name).duration(time);
        }
    }

    private static void server(CanonicalDigest digest, Server server) {
        digest.text(server.name()).text(server.host()).text(server.container());
        digest.optional(server.startedAt(), digest::time);
        digest.number(server.weight()).truth(server.stopping());
        digest.said("backup", server.backup(), false);
        digest.said("cookie", server.cookie(), false);
        digest.list(server.candidates(), candidate -> candidate(digest, candidate));
        cause(digest, server.cause());
    }

    private static void candidate(CanonicalDigest digest, Candidate candidate) {
        digest.text(candidate.kind().name()).text(candidate.host()).text(candidate.scope());
        digest.text(candidate.address()).number(candidate.port());
    }

    private static void cause(CanonicalDigest digest, Cause cause) {
        digest.number(cause.partition()).number(cause.offset()).text(cause.subject());
        digest.optional(cause.dockerTime(), digest::time);
        digest.time(cause.observedAt()).time(cause.eventAppendedAt());
        digest.optional(cause.stateAppendedAt(), digest::time);
    }

    private static void route(CanonicalDigest digest, HeldRoute route) {
        digest.text(route.host()).text(route.path()).time(route.since());
        digest.said("match", route.match(), true);
    }

    private static void note(CanonicalDigest digest, Note note) {
        digest.text(note.code()).text(note.subject()).text(note.message());
    }
}
