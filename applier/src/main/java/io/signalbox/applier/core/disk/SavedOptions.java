package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.LiveOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of the services of a saved configuration as bytes: under a name, if there are any, so
 * that what does without them is what it always was.
 */
final class SavedOptions {
    static final String NAME = "options";

    /** Under which those services stand that ask for certificates of clients. */
    static final String CERTIFICATES = "client-certificates";

    private static final int NOTHING = -1;

    private SavedOptions() {}

    private record Named(String service, LiveOptions options) {}

    static void write(BytesOut out, Map<String, WantedService> services) {
        List<WantedService> some =
                services.values().stream()
                        .filter(service -> !service.live().equals(LiveOptions.NONE))
                        .toList();
        if (some.isEmpty()) {
            return;
        }
        out.text(NAME);
        out.list(
                some,
                service -> {
                    out.text(service.name());
                    write(out, service.live());
                });
        List<String> asking =
                some.stream()
                        .filter(service -> service.live().clientCertificate())
                        .map(WantedService::name)
                        .toList();
        if (!asking.isEmpty()) {
            out.text(CERTIFICATES);
            out.texts(asking);
        }
    }

    private static void write(BytesOut out, LiveOptions options) {
        Integer status = options.redirectHttps();
        out.number(status == null ? NOTHING : status);
        LiveOptions.Closed closed = options.closed();
        out.text(closed == null ? "" : closed.name());
        time(out, options.serverTimeout());
        time(out, options.tunnelTimeout());
        Hsts hsts = options.hsts();
        time(out, hsts == null ? null : hsts.maxAge());
        out.flag(hsts != null && hsts.subdomains());
        out.flag(hsts != null && hsts.preload());
    }

    /** Gives them to their services. */
    static void read(BytesIn in, Map<String, WantedService> services) {
        in.list(() -> new Named(in.text(), options(in)))
                .forEach(
                        named ->
                                services.computeIfPresent(
                                        named.service(),
                                        (_, service) -> service.with(named.options())));
    }

    /** Lets those services ask for certificates of clients, besides what else they do. */
    static void readCertificates(BytesIn in, Map<String, WantedService> services) {
        in.texts()
                .forEach(
                        name ->
                                services.computeIfPresent(
                                        name,
                                        (_, service) ->
                                                service.with(
                                                        service.live().withClientCertificate())));
    }

    private static LiveOptions options(BytesIn in) {
        long status = in.number();
        String closed = in.text();
        return new LiveOptions(
                status == NOTHING ? null : Integer.valueOf((int) status),
                closed.isEmpty() ? null : LiveOptions.Closed.valueOf(closed),
                time(in),
                time(in),
                hsts(time(in), in.flag(), in.flag()));
    }

    private static @Nullable Hsts hsts(
            @Nullable Duration maxAge, boolean subdomains, boolean preload) {
        return maxAge == null ? null : new Hsts(maxAge, subdomains, preload);
    }

    private static void time(BytesOut out, @Nullable Duration value) {
        out.number(value == null ? NOTHING : value.toNanos());
    }

    private static @Nullable Duration time(BytesIn in) {
        long nanos = in.number();
        return nanos == NOTHING ? null : Duration.ofNanos(nanos);
    }
}
