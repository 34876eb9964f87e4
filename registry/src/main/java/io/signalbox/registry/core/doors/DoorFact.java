package io.signalbox.registry.core.doors;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import java.util.List;

/**
 * A fact that a door has to write.
 *
 * @param subject the record's key in {@code container-events}, which also chooses its partition
 */
public record DoorFact(String subject, Fact fact) {

    /** An endpoint is there, or is another than it was. */
    public static DoorFact registered(Endpoint endpoint) {
        return new DoorFact(Keys.endpoint(endpoint.id()), new Fact.EndpointRegistered(endpoint));
    }

    /** An endpoint is there no more. */
    public static DoorFact deregistered(String id) {
        return new DoorFact(Keys.endpoint(id), new Fact.EndpointDeregistered(id));
    }

    /** A service is declared so, whatever else declares it. */
    public static DoorFact declared(String service, List<Declaration> declarations) {
        return new DoorFact(Keys.service(service), new Fact.ServiceDeclared(service, declarations));
    }

    /** A service is declared no more. */
    public static DoorFact withdrawn(String service) {
        return new DoorFact(Keys.service(service), new Fact.ServiceWithdrawn(service));
    }
}
