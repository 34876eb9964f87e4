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
 * @param sections whole sections beside those of Signalbox
 * @param templates what gives further lines at each proxy from the services that it has then: the
 *     lines of a template by the place where its lines go ({@code global}, {@code defaults}, {@code
 *     frontend}, {@code entry-points.<name>}, {@code backends}, {@code sections}), or what stands
 *     instead of the generated lines of a part, by {@link #REPLACE} and the part ({@code global},
 *     {@code defaults}, {@code unavailable}, {@code entry-points.<name>})
 */
public record Snippets(
        List<String> global,
        List<String> defaults,
        List<String> frontend,
        List<Named> entryPoints,
        List<String> backends,
        List<Named> services,
        List<String> sections,
        List<Named> templates) {

    /** What the name of a template begins with whose lines stand instead of generated ones. */
    public static final String REPLACE = "replace.";

    /** None at all. */
    public static final Snippets NONE =
            new Snippets(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** Lines in the sections that Signalbox has, without templates. */
    public Snippets(
            List<String> global,
            List<String> defaults,
            List<String> frontend,
            List<Named> entryPoints,
            List<String> backends,
            List<Named> services) {
        this(global, defaults, frontend, entryPoints, backends, services, List.of(), List.of());
    }

    public Snippets {
        global = List.copyOf(global);
        defaults = List.copyOf(defaults);
        frontend = List.copyOf(frontend);
        entryPoints = List.copyOf(entryPoints);
        backends = List.copyOf(backends);
        services = List.copyOf(services);
        sections = List.copyOf(sections);
        templates = List.copyOf(templates);
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
        return new Snippets(
                global, defaults, frontend, entryPoints, backends, List.of(), sections, templates);
    }

    /** The same with those lines of the sections that every proxy has. */
    public Snippets with(
            List<String> otherGlobal, List<String> otherDefaults, List<String> otherFrontend) {
        return new Snippets(
                otherGlobal,
                otherDefaults,
                otherFrontend,
                entryPoints,
                backends,
                services,
                sections,
                templates);
    }

    /** The same with those lines of single entry points. */
    public Snippets withEntryPoints(List<Named> other) {
        return new Snippets(
                global, defaults, frontend, other, backends, services, sections, templates);
    }

    /** The same with those lines of backends. */
    public Snippets withBackends(List<String> other) {
        return new Snippets(
                global, defaults, frontend, entryPoints, other, services, sections, templates);
    }

    /** The same with those sections. */
    public Snippets withSections(List<String> other) {
        return new Snippets(
                global, defaults, frontend, entryPoints, backends, services, other, templates);
    }

    /** The same with those templates. */
    public Snippets withTemplates(List<Named> other) {
        return new Snippets(
                global, defaults, frontend, entryPoints, backends, services, sections, other);
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
