package io.signalbox.applier;

import io.signalbox.applier.certificates.Certificate;
import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.certificates.Refused;
import io.signalbox.haproxy.CertificateName;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.process.HttpEndpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the certificates of this proxy, and takes new ones, from whoever has the token: {@code GET
 * /certificates}, {@code PUT} and {@code DELETE /certificates/NAME}. What is stored serves a moment
 * later. A private key comes in and never goes out.
 */
final class CertificateApi {
    private static final Logger log = LoggerFactory.getLogger(CertificateApi.class);
    private static final String BEARER = "Bearer ";
    private static final int LONGEST_BODY = 256 * 1024;

    private final CertificateKeeper keeper;
    private final byte[] token;
    private final InstantSource clock;

    private CertificateApi(CertificateKeeper keeper, String token, InstantSource clock) {
        this.keeper = keeper;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /** An answer: its status and its body. */
    private record Answer(int status, JsonObject body) {
        static Answer problem(int status, String why) {
            return new Answer(status, new JsonObject().put("error", why));
        }
    }

    static void serve(
            HttpEndpoint http, CertificateKeeper keeper, String token, InstantSource clock) {
        CertificateApi api = new CertificateApi(keeper, token, clock);
        http.router().route("/certificates*").handler(api::admit);
        http.router()
                .route("/certificates*")
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
        http.router().get("/certificates").handler(context -> api.answer(http, context, api::list));
        http.router()
                .put("/certificates/:name")
                .handler(context -> api.answer(http, context, () -> api.put(context)));
        http.router()
                .delete("/certificates/:name")
                .handler(context -> api.answer(http, context, () -> api.delete(context)));
    }

    private void admit(RoutingContext context) {
        String given = context.request().getHeader("authorization");
        boolean known =
                given != null
                        && given.startsWith(BEARER)
                        && MessageDigest.isEqual(
                                token,
                                given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8));
        if (known) {
            context.next();
        } else {
            end(context, Answer.problem(401, "the bearer token is missing or another one"));
        }
    }

    private void answer(HttpEndpoint http, RoutingContext context, Callable<Answer> work) {
        http.vertx()
                .executeBlocking(work)
                .onSuccess(answer -> end(context, answer))
                .onFailure(
                        problem -> end(context, Answer.problem(500, problem.getClass().getName())));
    }

    private static void end(RoutingContext context, Answer answer) {
        context.response()
                .setStatusCode(answer.status())
                .putHeader("content-type", "application/json")
                .end(answer.body().encode());
    }

    private Answer list() {
        JsonArray all = new JsonArray();
        for (CertificateKeeper.Standing standing : keeper.standing()) {
            Certificate certificate = standing.certificate();
            JsonObject one = certificate == null ? new JsonObject() : json(certificate);
            one.put("name", standing.name());
            if (!standing.refused().isEmpty()) {
                one.put("refused", standing.refused());
            }
            all.add(one);
        }
        return new Answer(200, new JsonObject().put("certificates", all));
    }

    private static JsonObject json(Certificate certificate) {
        return new JsonObject()
                .put("subject", certificate.subject())
                .put("names", new JsonArray(certificate.names()))
                .put("notBefore", certificate.notBefore().toString())
                .put("notAfter", certificate.notAfter().toString())
                .put("sha256", certificate.sha256());
    }

    private Answer put(RoutingContext context) throws IOException {
        String body = context.body().asString(StandardCharsets.ISO_8859_1.name());
        try {
            CertificateName name = new CertificateName(context.pathParam("name"));
            Certificate certificate = Certificate.parse(body == null ? "" : body, clock.instant());
            keeper.store(name, certificate);
            log.atInfo()
                    .addKeyValue("certificate", name)
                    .addKeyValue("sha256", certificate.sha256())
                    .log("a certificate was stored");
            return new Answer(200, json(certificate).put("name", name.value()));
        } catch (Refused e) {
            return Answer.problem(422, "the certificate cannot be used: " + e.why());
        } catch (IllegalValue e) {
            return Answer.problem(400, String.valueOf(e.getMessage()));
        }
    }

    private Answer delete(RoutingContext context) throws IOException {
        try {
            CertificateName name = new CertificateName(context.pathParam("name"));
            if (!keeper.delete(name)) {
                return Answer.problem(404, "there is no such certificate in the store: " + name);
            }
            log.atInfo().addKeyValue("certificate", name).log("a certificate was deleted");
            return new Answer(200, new JsonObject().put("name", name.value()));
        } catch (Refused e) {
            return Answer.problem(409, e.why());
        } catch (IllegalValue e) {
            return Answer.problem(400, String.valueOf(e.getMessage()));
        }
    }
}
