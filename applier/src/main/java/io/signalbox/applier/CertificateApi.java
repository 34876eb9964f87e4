package io.signalbox.applier;

import io.signalbox.applier.certificates.Certificate;
import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.certificates.OwnCertificate;
import io.signalbox.applier.certificates.Refused;
import io.signalbox.haproxy.CertificateName;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.process.HostPort;
import io.signalbox.process.HttpEndpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By TLS, and by plain HTTP from this machine: keys do not cross a network as they are. Shows the
 * certificates of this proxy, and takes new ones, from whoever has the token: {@code GET
 * /certificates}, {@code PUT} and {@code DELETE /certificates/NAME}. What is stored serves a moment
 * later. A private key comes in and never goes out.
 */
final class CertificateApi {
    private static final Logger log = LoggerFactory.getLogger(CertificateApi.class);
    private static final String BEARER = "Bearer ";
    private static final int LONGEST_BODY = 256 * 1024;

    private final CertificateKeeper keeper;
    private final byte[] token;
    private final boolean plain;
    private final InstantSource clock;

    private CertificateApi(
            CertificateKeeper keeper, CertificateApiSettings settings, InstantSource clock) {
        this.keeper = keeper;
        this.token = settings.token().orElseThrow().getBytes(StandardCharsets.UTF_8);
        this.plain = settings.plain();
        this.clock = clock;
    }

    /** An answer: its status and its body. */
    private record Answer(int status, JsonObject body) {
        static Answer problem(int status, String why) {
            return new Answer(status, new JsonObject().put("error", why));
        }
    }

    /**
     * Serves it at the plain endpoint, and by TLS where the settings say so.
     *
     * @param directory where a certificate of the applier's own is kept
     * @return where it is served by TLS; empty for nowhere
     * @throws io.signalbox.process.StartFailure if it cannot be served there
     */
    static Optional<HostPort> serve(
            HttpEndpoint http,
            CertificateKeeper keeper,
            CertificateApiSettings settings,
            Path directory,
            InstantSource clock) {
        CertificateApi api = new CertificateApi(keeper, settings, clock);
        api.routes(http, http.router());
        return settings.listen().map(listen -> api.byTls(http, settings, listen, directory));
    }

    private HostPort byTls(
            HttpEndpoint http, CertificateApiSettings settings, HostPort listen, Path directory) {
        Certificate shown = settings.shown(directory);
        Router router = Router.router(http.vertx());
        routes(http, router);
        HostPort address =
                http.openTls(
                        CertificateApiSettings.LISTEN.key(),
                        listen,
                        new HttpEndpoint.Identity(shown.open(), shown.key()),
                        router);
        log.atInfo()
                .addKeyValue("address", address)
                .addKeyValue("sha256", shown.sha256())
                .addKeyValue("pin", OwnCertificate.pin(shown))
                .log("certificates are taken by TLS");
        return address;
    }

    private void routes(HttpEndpoint http, Router router) {
        router.route("/certificates*").handler(this::encrypted);
        router.route("/certificates*").handler(this::admit);
        router.route("/certificates*")
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
        router.get("/certificates").handler(context -> answer(http, context, this::list));
        router.put("/certificates/:name")
                .handler(context -> answer(http, context, () -> put(context)));
        router.delete("/certificates/:name")
                .handler(context -> answer(http, context, () -> delete(context)));
    }

    /** What can be heard on the way is not taken. */
    private void encrypted(RoutingContext context) {
        if (plain || context.request().isSSL() || isOfThisMachine(context)) {
            context.next();
            return;
        }
        end(
                context,
                Answer.problem(
                        403,
                        "certificates are taken by plain HTTP from this machine alone: "
                                + CertificateApiSettings.LISTEN.key()
                                + " is where they are taken by TLS, and "
                                + CertificateApiSettings.PLAIN.key()
                                + "=true takes them without"));
    }

    /** A loopback address has no other machine at its other end. */
    private static boolean isOfThisMachine(RoutingContext context) {
        String local = context.request().localAddress().hostAddress();
        return local != null && InetAddress.ofLiteral(local).isLoopbackAddress();
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
