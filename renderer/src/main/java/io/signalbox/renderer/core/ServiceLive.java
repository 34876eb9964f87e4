package io.signalbox.renderer.core;

import io.signalbox.haproxy.OptionsMap;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.Access;
import io.signalbox.schemas.HttpPolicy.Maintenance;
import io.signalbox.schemas.HttpPolicy.Redirects;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.LiveOptions.Closed;
import io.signalbox.schemas.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Parts a policy into what HAProxy looks up for each request and what the text of the backend says.
 *
 * @param text what is left for the text
 */
record ServiceLive(LiveOptions options, HttpPolicy text) {

    /**
     * The parts of a policy.
     *
     * @throws io.signalbox.haproxy.IllegalValue when HAProxy cannot have what is said
     */
    static ServiceLive of(Policy policy) {
        HttpPolicy http = policy.http();
        LiveOptions options =
                new LiveOptions(
                        http.redirects().https(),
                        closed(http),
                        policy.timeouts().server(),
                        policy.timeouts().tunnel(),
                        http.hsts());
        OptionsMap.value(options);
        return new ServiceLive(options, text(http));
    }

    /** Only the standard text can be shown without a reload. */
    private static @Nullable Closed closed(HttpPolicy http) {
        Maintenance maintenance = http.maintenance();
        if (maintenance == null || !maintenance.text().isEmpty()) {
            return null;
        }
        return haveGuards(http) ? Closed.IN_TURN : Closed.AT_ONCE;
    }

    /** Whether something has to be looked at before maintenance is. */
    private static boolean haveGuards(HttpPolicy http) {
        return !http.redirects().hosts().isEmpty()
                || !http.redirects().paths().isEmpty()
                || !http.access().equals(Access.NONE)
                || http.rate() != null
                || http.cors() != null;
    }

    private static HttpPolicy text(HttpPolicy http) {
        Maintenance maintenance = http.maintenance();
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
                maintenance == null || maintenance.text().isEmpty() ? null : maintenance,
                http.errorPages());
    }
}
