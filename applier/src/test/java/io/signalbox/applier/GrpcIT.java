package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.FurtherOptions;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Policy.Servers.Protocol;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of gRPC through a real HAProxy, from the client's message to the server's trailers. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class GrpcIT {
    @TempDir Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final GrpcApp app = new GrpcApp();
    private int http;
    private int https;

    @BeforeEach
    void choosePorts() throws IOException {
        http = ApplierIT.freePort();
        https = ApplierIT.freePort();
    }

    @AfterEach
    void stop() {
        app.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldCarryWholeCallsWithAndWithoutTls(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory)) {
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(plain(), tls())
                    .service("grpc", "localhost", GroupTopic.PLAIN, h2c(), app.server("grpc"));
            rig.awaitServing(topic.manifest());

            calls(GrpcCall.client(vertx, false), http);
            calls(GrpcCall.client(vertx, true), https);
        }
    }

    private void calls(HttpClient client, int port) throws Exception {
        answersOnce(client, port);
        answersOneByOne(client, port);
        asksOneByOne(client, port);
        answersWithNothingButItsStatus(client, port);
    }

    private static void answersOnce(HttpClient client, int port) throws Exception {
        GrpcCall call = GrpcCall.begin(client, port, "Unary").send("hello").finish();

        assertThat(call.next()).isEqualTo("hello");
        assertThat(call.status()).isEqualTo("0");
        assertThat(call.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(call.head().getHeader("content-type")).isEqualTo(GrpcApp.GRPC);
        assertThat(call.head().getHeader("grpc-status")).isNull();
    }

    private void answersOneByOne(HttpClient client, int port) throws Exception {
        GrpcCall call = GrpcCall.begin(client, port, "Stream").send("tick").finish();

        assertThat(call.next()).as("before the server sends more").isEqualTo("tick 1");
        assertThat(call.isOpen()).isTrue();
        app.finish("tick 2");
        assertThat(call.next()).isEqualTo("tick 2");
        assertThat(call.status()).isEqualTo("0");
    }

    private void asksOneByOne(HttpClient client, int port) throws Exception {
        GrpcCall call = GrpcCall.begin(client, port, "Collect").send("a");

        assertThat(app.received.poll(10, TimeUnit.SECONDS))
                .as("before the client sends more")
                .isEqualTo("a");
        call.send("b");
        assertThat(app.received.poll(10, TimeUnit.SECONDS)).isEqualTo("b");
        call.finish();
        assertThat(call.next()).isEqualTo("ab");
        assertThat(call.status()).isEqualTo("0");
    }

    private static void answersWithNothingButItsStatus(HttpClient client, int port)
            throws Exception {
        GrpcCall call = GrpcCall.begin(client, port, "Unknown").send("x").finish();

        assertThat(call.head().statusCode()).isEqualTo(200);
        assertThat(call.head().getHeader("grpc-status")).isEqualTo("12");
        assertThat(call.head().getHeader("grpc-message")).isEqualTo("no such method");
        assertThat(call.status()).isNull();
    }

    /** What {@code signalbox.server.protocol=h2c} comes to. */
    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private static ServerOptions h2c() {
        return new ServerOptions(
                2_000,
                3,
                1,
                new FurtherOptions(
                        false, new Policy.Servers(null, null, null, null, Protocol.H2C, null)));
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private EntryPoint plain() {
        return new EntryPoint("http", new Listen("127.0.0.1", http), null, null, false, List.of());
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private EntryPoint tls() {
        return new EntryPoint(
                "https",
                new Listen("127.0.0.1", https),
                new Tls(TlsProfile.INTERMEDIATE, "", false),
                null,
                false,
                List.of());
    }
}
