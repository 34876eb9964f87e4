package io.signalbox.registry.doors;

import io.signalbox.registry.core.doors.Registration;
import io.signalbox.registry.core.doors.Reply;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Keys;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletionStage;

/**
 * The door by which things outside Docker are registered: {@code PUT}, {@code GET} and {@code
 * DELETE} of {@code /v1/endpoints/<id>}, and {@code GET /v1/endpoints}.
 */
final class RegistrationDoor {
    private static final String ALL = "/v1/endpoints";
    private static final String ONE = "/v1/endpoints/:id";

    private final Door door;
    private final Desk desk;

    private RegistrationDoor(Door door, Desk desk) {
        this.door = door;
        this.desk = desk;
    }

    static void serve(Door door, Desk desk) {
        RegistrationDoor registration = new RegistrationDoor(door, desk);
        door.on(HttpMethod.PUT, ONE, registration::put);
        door.on(HttpMethod.DELETE, ONE, registration::delete);
        door.on(HttpMethod.GET, ONE, registration::get);
        door.on(HttpMethod.GET, ALL, _ -> desk.answer(Registration::list));
    }

    private CompletionStage<Reply> put(Call call) {
        Endpoint endpoint = Registration.read(call.pathParameter("id"), call.json());
        return desk.change(
                door, Keys.endpoint(endpoint.id()), model -> Registration.put(model, endpoint));
    }

    private CompletionStage<Reply> delete(Call call) {
        String id = call.pathParameter("id");
        return desk.change(door, Keys.endpoint(id), model -> Registration.delete(model, id));
    }

    private CompletionStage<Reply> get(Call call) {
        String id = call.pathParameter("id");
        return desk.answer(model -> Registration.get(model, id));
    }
}
