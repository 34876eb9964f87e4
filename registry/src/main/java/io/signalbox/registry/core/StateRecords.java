package io.signalbox.registry.core;

import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Instance;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.time.Instant;

/** What records of {@code service-state} say about themselves, whichever they are. */
public final class StateRecords {
    private StateRecords() {}

    /** Its source position in {@code container-events}: of two records the higher one is newer. */
    public static long source(ServiceState record) {
        return switch (record) {
            case Instance instance -> instance.cause().offset();
            case RegisteredEndpoint endpoint -> endpoint.cause().offset();
            case DeclaredService service -> service.cause().offset();
            case Host host -> host.offset();
            case Checkpoint checkpoint -> checkpoint.nextOffset();
        };
    }

    /** Whether it says that its subject is gone; only then does a tombstone count. */
    public static boolean gone(ServiceState record) {
        return switch (record) {
            case Instance instance -> instance.gone();
            case RegisteredEndpoint endpoint -> endpoint.gone();
            case DeclaredService service -> service.gone();
            case Host _, Checkpoint _ -> false;
        };
    }

    /** Whether it is gone since before this time. */
    public static boolean goneBefore(ServiceState record, Instant time) {
        return switch (record) {
            case Instance instance ->
                    instance.gone() && instance.cause().eventAppendedAt().isBefore(time);
            case RegisteredEndpoint endpoint ->
                    endpoint.gone() && endpoint.cause().eventAppendedAt().isBefore(time);
            case DeclaredService service ->
                    service.gone() && service.cause().eventAppendedAt().isBefore(time);
            case Host _, Checkpoint _ -> false;
        };
    }

    /** The same record with its flag set: it is the last one of its fact. */
    public static ServiceState asLast(ServiceState record) {
        return switch (record) {
            case Instance instance ->
                    instance.lastOfFact() ? instance : Instances.last(instance, true);
            case RegisteredEndpoint e ->
                    new RegisteredEndpoint(e.endpoint(), e.gone(), e.shownAt(), e.cause(), true);
            case DeclaredService s ->
                    new DeclaredService(s.service(), s.declarations(), s.gone(), s.cause(), true);
            case Host host -> host;
            case Checkpoint checkpoint -> checkpoint;
        };
    }
}
