package io.signalbox.renderer.core;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** A view and one group's renderer on it, each step committed at once. */
final class Rig {
    static final GroupDefinition DEFAULT = GroupDefinition.builtIn("default", new Listen("", 80));

    final ServiceView view = new ServiceView(12);
    GroupRenderer renderer = new GroupRenderer(DEFAULT, view, Map.of());

    /** Takes values in order and gives what they changed. */
    GroupRenderer.Step take(ServiceState... values) {
        for (ServiceState value : values) {
            int partition = value instanceof Instance instance ? instance.cause().partition() : 0;
            view.read(partition, Keys.of(value), value, A.T0).forEach(renderer::apply);
        }
        return step();
    }

    GroupRenderer.Step step() {
        GroupRenderer.Step step = renderer.plan();
        renderer.commit(step);
        return step;
    }

    /** Another renderer that finds what this one published. */
    void restart() {
        restart(view);
    }

    void restart(ServiceView on) {
        Map<String, ConfigRecord.Part> published = new java.util.TreeMap<>();
        renderer.contents()
                .forEach(
                        (name, content) ->
                                published.put(name, new ConfigRecord.Part(name, 1, 1, content)));
        renderer = new GroupRenderer(DEFAULT, on, published);
    }

    SortedMap<String, Content> contents() {
        return renderer.contents();
    }

    ConfigRecord.Service service(String name) {
        return (ConfigRecord.Service)
                Objects.requireNonNull(renderer.contents().get("service/" + name), name);
    }

    List<String> servers(String service) {
        return service(service).servers().stream().map(Server::name).toList();
    }

    List<String> routes(String service) {
        return service(service).routes().stream().map(one -> one.host() + one.path()).toList();
    }

    List<String> codes(String service) {
        return service(service).notes().stream().map(Note::code).toList();
    }
}
