package io.signalbox.schemas;

import java.util.List;

/**
 * Lines of the operator's own in HAProxy's configuration, each a whole directive. A proxy takes
 * them only if whoever runs it agreed to that.
 *
 * @param global of the section {@code global}
 * @param defaults of the section {@code defaults}
 * @param frontend of every entry point that speaks HTTP
 * @param entryPoints of one entry point, by its name
 * @param backends of every service's backend
 * @param services of one service's backend, by its name
 */
public record Snippets(
        List<String> global,
        List<String> defaults,
        List<String> frontend,
        List<Named> entryPoints,
        List<String> backends,
        List<Named> services) {

    /** None at all. */
    public static final Snippets NONE =
            new Snippets(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Snippets {
        global = List.copyOf(global);
        defaults = List.copyOf(defaults);
        frontend = List.copyOf(frontend);
        entryPoints = List.copyOf(entryPoints);
        backends = List.copyOf(backends);
        services = List.copyOf(services);
    }

    /** Lines for what is called so. */
    public record Named(String name, List<String> lines) {
        public Named {
            lines = List.copyOf(lines);
        }
    }

    /** Whether there is no line. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The same but for those of single services, which are no part of a group's frame. */
    public Snippets ofFrame() {
        return new Snippets(global, defaults, frontend, entryPoints, backends, List.of());
    }

    /** The lines for one entry point alone. */
    public List<String> ofEntryPoint(String name) {
        return of(entryPoints, name);
    }

    /** The lines for one service alone. */
    public List<String> ofService(String name) {
        return of(services, name);
    }

    private static List<String> of(List<Named> all, String name) {
        return all.stream()
                .filter(one -> one.name().equals(name))
                .flatMap(one -> one.lines().stream())
                .toList();
    }
}
