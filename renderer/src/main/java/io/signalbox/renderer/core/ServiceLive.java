package io.signalbox.renderer.core;

import io.signalbox.haproxy.OptionsMap;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.Maintenance;
import io.signalbox.schemas.HttpPolicy.Redirects;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.LiveOptions.Closed;
import io.signalbox.schemas.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts a policy into what HAProxy looks up for each request and what the text of the backend says.
 * Only the standard text of maintenance can be shown without a reload.
 */
final class ServiceLive {
    private ServiceLive() {}

    /**
     * What HAProxy looks up.
     *
     * @param backend the text of the backend, which says whether it has a place for maintenance
     * @throws io.signalbox.haproxy.IllegalValue when HAProxy cannot have what is said
     */
    static LiveOptions options(Policy policy, List<String> backend) {
        HttpPolicy http = policy.http();
        LiveOptions options =
                new LiveOptions(
                        http.redirects().https(),
                        hasStandardText(http.maintenance()) ? closed(backend) : null,
                        policy.timeouts().server(),
                        policy.timeouts().tunnel(),
                        http.hsts(),
                        http.clientCertificate());
        OptionsMap.value(options);
        return options;
    }

    private static Closed closed(List<String> backend) {
        return OptionsMap.closesInTurn(backend) ? Closed.IN_TURN : Closed.AT_ONCE;
    }

    /** What is left for the text. */
    static HttpPolicy text(HttpPolicy http) {
        return new HttpPolicy(
                http.headers(),
                http.path(),
                new Redirects(null, http.redirects().hosts(), http.redirects().paths()),
                null,
                http.compression(),
                http.auth(),
                http.access(),
                http.rate(),
                http.cors(),
                hasStandardText(http.maintenance()) ? null : http.maintenance(),
                http.errorPages());
    }

    private static boolean hasStandardText(@Nullable Maintenance maintenance) {
        return maintenance != null && maintenance.text().isEmpty();
    }
}
