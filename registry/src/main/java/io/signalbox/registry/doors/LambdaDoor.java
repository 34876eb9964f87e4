package io.signalbox.registry.doors;

import io.signalbox.registry.core.doors.LambdaTable;
import io.signalbox.schemas.GroupDefinition;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/** Lambda-Registry's API: {@code POST /generate}. */
final class LambdaDoor {
    private LambdaDoor() {}

    /**
     * Serves it.
     *
     * @param tables the group that serves a table, where it is not the default one
     */
    static void serve(Door door, Desk desk, Map<String, String> tables) {
        door.on(
                HttpMethod.POST,
                "/generate",
                call -> {
                    LambdaTable.Call asked =
                            LambdaTable.read(
                                    call.json(),
                                    table -> tables.getOrDefault(table, GroupDefinition.DEFAULT));
                    return desk.change(door, "lambda/" + asked.table(), asked::decide);
                });
    }
}
