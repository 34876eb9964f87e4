package io.signalbox.registry.core;

import io.signalbox.registry.core.Fold.At;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What facts without a session change: registered endpoints and declared services. The newest
 * offset of a key wins. A repeat changes nothing but the registration that an endpoint stands for:
 * whoever registers again renews, and an expiry of the earlier registration that comes late, or
 * twice, does not touch the newer one.
 */
final class KeyedFold {
    private KeyedFold() {}

    static FoldResult registered(PartitionState state, At at, Endpoint endpoint) {
        RegisteredEndpoint before = state.endpoints.get(endpoint.id());
        if (before != null && ahead(before.cause(), at)) {
            return FoldResult.NOTHING;
        }
        RegisteredEndpoint now =
                new RegisteredEndpoint(
                        endpoint,
                        false,
                        before == null || before.gone() ? at.appendedAt() : before.shownAt(),
                        at.cause("endpoint/" + endpoint.id()),
                        true);
        state.endpoints.put(endpoint.id(), now);
        return FoldResult.changed(now);
    }

    static FoldResult endpointGone(PartitionState state, At at, String id) {
        RegisteredEndpoint before = state.endpoints.get(id);
        if (before == null || before.gone() || ahead(before.cause(), at)) {
            return FoldResult.NOTHING;
        }
        RegisteredEndpoint now =
                new RegisteredEndpoint(
                        before.endpoint(),
                        true,
                        before.shownAt(),
                        at.cause("endpoint/" + id),
                        true);
        state.endpoints.put(id, now);
        return FoldResult.changed(now);
    }

    static FoldResult expired(PartitionState state, At at, Fact.EndpointExpired expired) {
        RegisteredEndpoint before = state.endpoints.get(expired.endpointId());
        Long judged = expired.judgedRegistration();
        return before != null && judged != null && judged != before.cause().offset()
                ? FoldResult.NOTHING
                : endpointGone(state, at, expired.endpointId());
    }

    static FoldResult declared(
            PartitionState state, At at, String service, List<Declaration> declarations) {
        DeclaredService before = state.services.get(service);
        if (before != null
                && (ahead(before.cause(), at)
                        || (!before.gone() && before.declarations().equals(declarations)))) {
            return FoldResult.NOTHING;
        }
        return put(state, at, service, declarations, false);
    }

    static FoldResult withdrawn(PartitionState state, At at, String service) {
        DeclaredService before = state.services.get(service);
        return before == null || before.gone() || ahead(before.cause(), at)
                ? FoldResult.NOTHING
                : put(state, at, service, before.declarations(), true);
    }

    private static FoldResult put(
            PartitionState state,
            At at,
            String service,
            List<Declaration> declarations,
            boolean gone) {
        DeclaredService now =
                new DeclaredService(
                        service, declarations, gone, at.cause("service/" + service), true);
        state.services.put(service, now);
        return FoldResult.changed(now);
    }

    private static boolean ahead(@Nullable Cause cause, At at) {
        return cause != null && cause.offset() >= at.offset();
    }
}
