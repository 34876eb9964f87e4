package io.signalbox.registry.doors;

import io.signalbox.haproxy.CertificateName;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.StartFailure;
import io.signalbox.registry.core.doors.DockerFlowCertificates.Told;
import io.signalbox.registry.core.doors.Json;
import io.signalbox.registry.core.doors.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.TrustOptions;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands certificates on to appliers, by TLS where they are on other machines, and asks which they
 * have. What it is given it neither keeps nor logs. Used by the event loop.
 */
final class ApplierCertificates {
    private static final Logger log = LoggerFactory.getLogger(ApplierCertificates.class);
    private static final int PATIENCE_SECONDS = 10;
    private static final int LONGEST_REASON = 300;

    private final List<Applier> appliers;
    private final TokenFile token;
    private final Turns turns = new Turns();

    private ApplierCertificates(List<Applier> appliers, TokenFile token) {
        this.appliers = List.copyOf(appliers);
        this.token = token;
    }

    /**
     * Those that the settings name.
     *
     * @return null where they name none
     * @throws StartFailure if the token cannot be read
     */
    static @Nullable ApplierCertificates of(ProcessRuntime runtime, CertificateSettings settings) {
        if (settings.appliers().isEmpty()) {
            return null;
        }
        TokenFile token =
                TokenFile.open(CertificateSettings.TOKEN_FILE, settings.tokenFile().orElseThrow());
        Vertx vertx = runtime.http().vertx();
        return new ApplierCertificates(
                settings.appliers().stream().map(one -> Applier.of(vertx, one)).toList(), token);
    }

    /**
     * Gives it to all; what each said, in their order. Ends with {@link Refused} where too many
     * wait.
     */
    CompletionStage<List<Told>> put(CertificateName name, byte[] pem) {
        return turns.take(
                        name.value(),
                        () -> all(HttpMethod.PUT, "certificates/" + name, Buffer.buffer(pem)))
                .whenComplete(
                        (told, _) -> {
                            if (told != null) {
                                log.atInfo()
                                        .addKeyValue("certificate", name)
                                        .addKeyValue("appliers", told.size())
                                        .addKeyValue(
                                                "stored",
                                                told.stream()
                                                        .filter(one -> one.status() == 200)
                                                        .count())
                                        .log("a certificate was handed on");
                            }
                        });
    }

    /** Asks all which they have; what each said, in their order. */
    CompletionStage<List<Told>> list() {
        return all(HttpMethod.GET, "certificates", Buffer.buffer());
    }

    private CompletionStage<List<Told>> all(HttpMethod method, String path, Buffer body) {
        String holds = token.get();
        List<Future<Told>> asked =
                appliers.stream().map(one -> one.ask(method, path, body, holds)).toList();
        return Future.all(asked).map(done -> done.<Told>list()).toCompletionStage();
    }

    /** One of them. */
    private record Applier(ApplierAddress address, HttpClient client) {

        static Applier of(Vertx vertx, ApplierAddress address) {
            HttpClientOptions options = new HttpClientOptions().setSsl(address.byTls());
            address.pin()
                    .ifPresent(
                            pin ->
                                    options.setVerifyHost(false)
                                            .setTrustOptions(
                                                    TrustOptions.wrap(new PinnedKey(pin))));
            return new Applier(address, vertx.createHttpClient(options));
        }

        Future<Told> ask(HttpMethod method, String path, Buffer body, @Nullable String token) {
            if (token == null) {
                String why =
                        "there is no token in the file of " + CertificateSettings.TOKEN_FILE.key();
                return Future.succeededFuture(told(0, null, why));
            }
            // Without a time-out of its own, a call that nobody waits for any more would keep its
            // connection for ever, of which there are few, or be sent late.
            RequestOptions options =
                    new RequestOptions()
                            .setTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
                            .setHost(address.host())
                            .setPort(address.port())
                            .setSsl(address.byTls())
                            .setURI("/" + path)
                            .setMethod(method)
                            .putHeader("authorization", "Bearer " + token);
            return client.request(options)
                    .compose(request -> answered(request, body))
                    .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .recover(
                            failure ->
                                    Future.succeededFuture(
                                            told(0, null, String.valueOf(failure.getMessage()))));
        }

        private Future<Told> answered(HttpClientRequest request, Buffer body) {
            return request.send(body)
                    .compose(
                            response ->
                                    response.body().map(text -> said(response.statusCode(), text)));
        }

        private Told said(int status, Buffer text) {
            Json body;
            try {
                body = JsonText.read(text.getBytes());
            } catch (Refused e) {
                return told(status == 200 ? 0 : status, null, "it is no applier's answer");
            }
            return told(status, body, reason(body));
        }

        private static String reason(Json body) {
            return body instanceof Json.Obj object
                            && object.members().get("error") instanceof Json.Text why
                    ? why.value().substring(0, Math.min(LONGEST_REASON, why.value().length()))
                    : "";
        }

        private Told told(int status, @Nullable Json body, String detail) {
            return new Told(address.url().toString(), status, body, detail);
        }
    }
}
