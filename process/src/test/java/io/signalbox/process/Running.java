package io.signalbox.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A process of a test, on a free port, with what it reported as fatal. */
final class Running implements AutoCloseable {
    static final Setting<HostPort> HTTP_LISTEN = CommonSettings.httpListen("tested", 0);

    final ProcessRuntime runtime;
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private Running(Map<String, String> flags, Consumer<ProcessRuntime> wiring) {
        ProcessDefinition definition = new Tested(wiring);
        this.runtime = ProcessRuntime.start(definition, values(definition, flags), failures::add);
    }

    static Running start(Consumer<ProcessRuntime> wiring) {
        return new Running(Map.of(), wiring);
    }

    static Running start(TestBroker broker, Consumer<ProcessRuntime> wiring) {
        return new Running(Map.of("bootstrap-servers", broker.bootstrapServers()), wiring);
    }

    static Running startWith(Map<String, String> flags, Consumer<ProcessRuntime> wiring) {
        return new Running(flags, wiring);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://" + runtime.http().address() + path);
            return client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        runtime.close();
    }

    private static SettingValues values(ProcessDefinition definition, Map<String, String> flags) {
        Map<String, String> all = new HashMap<>(Map.of("tested-http-listen", "127.0.0.1:0"));
        all.putAll(flags);
        return SettingValues.read(
                definition.settings(),
                KnownSettings.of(List.of()),
                SettingSources.of(all, Map.of()));
    }

    private record Tested(Consumer<ProcessRuntime> wiring) implements ProcessDefinition {
        @Override
        public String name() {
            return "tested";
        }

        @Override
        public Setting<HostPort> httpListen() {
            return HTTP_LISTEN;
        }

        @Override
        public List<Setting<?>> settings() {
            return CommonSettings.with(HTTP_LISTEN, List.of());
        }

        @Override
        public void start(SettingValues values, ProcessRuntime runtime) {
            wiring.accept(runtime);
        }
    }
}
