package io.signalbox.registry.core.doors;

import io.signalbox.registry.core.ReadModel;
import io.signalbox.registry.core.doors.DockerFlowRequest.Bad;
import io.signalbox.registry.core.doors.DockerFlowRequest.Declare;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.ServiceState.DeclaredService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers in Docker Flow Proxy's form. Those that refuse say in the members of problem details what
 * is wrong, all but {@code status}: clients that tell no small letter from a capital would take it
 * for {@code Status}.
 */
public final class DockerFlowReply {
    private DockerFlowReply() {}

    /** Everything is well. */
    public static Reply ok(String message) {
        return reply(200, "OK", message, new LinkedHashMap<>());
    }

    /** Something that this API once did is not done here. */
    public static Reply refused(int status, String code, String message) {
        Map<String, Object> more = new LinkedHashMap<>();
        problem(more, code, message);
        return reply(status, "NOK", message, more);
    }

    static Reply bad(Bad bad) {
        String message =
                String.join("; ", bad.mistakes().stream().map(Mistake::line).toList())
                        + "; nothing was changed";
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("ServiceName", bad.service());
        problem(more, Problem.BAD_REQUEST, message);
        more.put("mistakes", bad.mistakes().stream().map(DockerFlowReply::tree).toList());
        return reply(bad.status(), "NOK", message, more);
    }

    static Reply declared(Declare declare, String message) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("ServiceName", declare.service());
        more.put("ServiceDest", destinations(declare.declarations(), declare.outbound()));
        return reply(200, "OK", message, more);
    }

    static Reply removed(String service, String message) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("ServiceName", service);
        return reply(200, "OK", message, more);
    }

    /** What certificates there are, without their keys. */
    static Reply certificates(List<Object> all) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("Certs", all);
        return reply(200, "OK", "", more);
    }

    /** All services that this door declared, by their names. */
    public static Reply services(ReadModel model) {
        Map<String, Object> services = new TreeMap<>();
        for (DeclaredService one : model.declaredServices()) {
            if (!one.gone() && DockerFlow.isOwn(one)) {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("ServiceName", one.service());
                tree.put("ServiceDest", destinations(one.declarations(), ""));
                services.put(one.service(), tree);
            }
        }
        return Reply.json(200, JsonWriter.write(services));
    }

    private static Reply reply(int status, String word, String message, Map<String, Object> more) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("Status", word);
        tree.put("Message", message);
        tree.putAll(more);
        return Reply.json(status, JsonWriter.write(tree));
    }

    private static void problem(Map<String, Object> tree, String code, String detail) {
        tree.put("type", "urn:signalbox:error:" + code);
        tree.put("title", code.replace('-', ' '));
        tree.put("detail", detail);
    }

    private static Map<String, Object> tree(Mistake mistake) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("at", mistake.at());
        tree.put("rule", mistake.rule());
        tree.put("value", mistake.value());
        return tree;
    }

    private static List<Object> destinations(List<Declaration> declarations, String outbound) {
        List<Object> all = new ArrayList<>();
        for (Declaration one : declarations) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("Port", Integer.toString(one.port()));
            tree.put("ReqMode", one.isTcp() ? "tcp" : "http");
            tree.put("ServicePath", paths(one));
            tree.put("ServiceDomain", hosts(one));
            if (!outbound.isEmpty()) {
                tree.put("OutboundHostname", outbound);
            }
            all.add(tree);
        }
        return all;
    }

    private static List<String> paths(Declaration one) {
        return one.routes().stream().map(Declaration.Route::path).distinct().toList();
    }

    private static List<String> hosts(Declaration one) {
        return one.routes().stream()
                .map(Declaration.Route::host)
                .filter(host -> !host.isEmpty())
                .distinct()
                .toList();
    }
}
