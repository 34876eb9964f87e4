package io.signalbox.applier.core;

import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.applier.core.template.TemplateFailed;
import io.signalbox.applier.core.template.Templates;
import io.signalbox.haproxy.AllowedText;
import io.signalbox.haproxy.OptionsMap;
import io.signalbox.haproxy.Route;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.LiveOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the log says HAProxy here shall be, kept up with each manifest at the cost of the parts that
 * changed. Text of a part comes in only if it is of the shapes that {@link AllowedText} knows. A
 * service whose text is refused, here or by HAProxy, keeps its last good text, with the servers and
 * routes of today, or is left out if there is none, until its part changes; so does the frame, also
 * while a template of the operator's own fails. One whose servers or routes are illegal stays as it
 * was altogether. One owner thread.
 */
public final class Desired {
    /** The code of the note about a service or frame that HAProxy or the allow-list refused. */
    public static final String QUARANTINED = "quarantined";

    /** The code of the note about a value that must not reach HAProxy. */
    public static final String ILLEGAL = "illegal";

    private final AddressChoice choice;
    private final SnippetCheck snippets;
    private final SortedMap<String, WantedService> services = new TreeMap<>();
    private final SortedMap<String, Refused> quarantine = new TreeMap<>();
    private final FrameTemplates templates;
    private @Nullable Frame frame;
    private @Nullable Frame filledFrame;
    private @Nullable Note failedTemplate;
    private @Nullable Frame refusedFrame;
    private @Nullable Frame goodFrame;
    private String refusedWhy = "";
    private @Nullable Note strangeFrame;

    /** Nothing yet; addresses will be chosen so, and lines of the operator's own are refused. */
    public Desired(AddressChoice choice) {
        this(choice, new SnippetCheck(GroupDefinition.DEFAULT, false));
    }

    /** The same; lines of the operator's own are taken as the check says. */
    public Desired(AddressChoice choice, SnippetCheck snippets) {
        this(
                choice,
                snippets,
                (name, _, _) -> {
                    throw new TemplateFailed(name + " cannot be carried out here");
                });
    }

    /** The same; their templates are carried out so. */
    public Desired(AddressChoice choice, SnippetCheck snippets, Templates templates) {
        this.choice = choice;
        this.snippets = snippets;
        this.templates = new FrameTemplates(snippets.group(), templates);
    }

    private enum By {
        /** Text that this HAProxy refuses: another one, or the same beside others, may take it. */
        HAPROXY,
        /** Text of no known shape. */
        ALLOWED_TEXT,
        /** A value that no command may have. */
        VALUE
    }

    /**
     * What must not come in as it is.
     *
     * @param good the last good version; empty if there is none
     */
    private record Refused(Optional<WantedService> good, Note why, By by) {
        /** What stands in for it; empty for nothing. */
        Optional<WantedService> instead(@Nullable WantedService today) {
            return by == By.VALUE || today == null ? good : good.map(today::withTextOf);
        }
    }

    /** Begins with a configuration from disk. */
    public void begin(Wanted wanted) {
        frame = wanted.frame();
        services.clear();
        services.putAll(wanted.services());
        quarantine.clear();
        fill();
    }

    /**
     * Takes over the parts of a manifest.
     *
     * @param whole whether parts that are not among them are gone
     * @return the services that may have changed
     */
    public NavigableSet<String> accept(Map<String, Part> parts, boolean whole) {
        NavigableSet<String> touched = new TreeSet<>();
        if (whole) {
            touched.addAll(services.keySet());
            touched.addAll(quarantine.keySet());
            touched.removeIf(name -> parts.containsKey(partName(name)));
            touched.forEach(this::remove);
        }
        for (Map.Entry<String, Part> entry : parts.entrySet()) {
            switch (entry.getValue().content()) {
                case Frame changed -> replace(changed);
                case Service service -> {
                    touched.add(service.service());
                    replace(service);
                }
                case Removed() -> {
                    String name = serviceName(entry.getKey());
                    touched.add(name);
                    remove(name);
                }
            }
        }
        fill();
        return touched;
    }

    /** Carries out the templates of the frame; one that fails leaves the last good frame. */
    private void fill() {
        Frame now = frame;
        if (now == null) {
            return;
        }
        if (now.snippets().templates().isEmpty()) {
            filledFrame = now;
            failedTemplate = null;
            return;
        }
        try {
            Frame filled = templates.filled(now, standing().values());
            failedTemplate = snippets.problem(filled).orElse(null);
            filledFrame = failedTemplate == null ? filled : filledFrame;
        } catch (TemplateFailed e) {
            failedTemplate = new Note(QUARANTINED, PartCheck.FRAME, String.valueOf(e.getMessage()));
        }
    }

    private void replace(Frame changed) {
        Optional<Note> problem = PartCheck.problem(changed).or(() -> snippets.problem(changed));
        strangeFrame = problem.orElse(null);
        frame = problem.isPresent() ? frame : changed;
    }

    private void replace(Service service) {
        String name = service.service();
        Optional<WantedService> last = standing(name);
        WantedService before = services.get(name);
        Refused refused = quarantine.get(name);
        remove(name);
        Optional<Note> problem = PartCheck.problem(service).or(() -> snippets.problem(service));
        boolean illegal = problem.filter(note -> note.code().equals(ILLEGAL)).isPresent();
        if (!illegal) {
            services.put(name, choice.resolve(service, routes(service)));
        }
        if (problem.isPresent()) {
            By by = illegal ? By.VALUE : By.ALLOWED_TEXT;
            quarantine.put(name, new Refused(last, problem.get(), by));
        } else if (refused != null && refused.by() == By.HAPROXY && sameText(name, before)) {
            quarantine.put(name, refused);
        }
    }

    private boolean sameText(String name, @Nullable WantedService before) {
        WantedService today = services.get(name);
        return before != null && today != null && today.hasTextOf(before);
    }

    private static List<Route> routes(Service service) {
        return service.routes().stream().map(Route::of).toList();
    }

    /** The service as it is in force. */
    private Optional<WantedService> standing(String name) {
        Refused refused = quarantine.get(name);
        return refused == null
                ? Optional.ofNullable(services.get(name))
                : refused.instead(services.get(name));
    }

    private void remove(String name) {
        services.remove(name);
        quarantine.remove(name);
    }

    /** HAProxy refuses the service's text: that of the good version stands in, if there is one. */
    public void quarantine(String service, @Nullable WantedService good, String reason) {
        Note why = new Note(QUARANTINED, service, reason);
        quarantine.put(service, new Refused(Optional.ofNullable(good), why, By.HAPROXY));
    }

    /** What HAProxy refused is to be tried once more. */
    public void tryAgain() {
        quarantine.values().removeIf(refused -> refused.by() == By.HAPROXY);
    }

    /** HAProxy refuses the frame as it is: the good one stands in for it until it changes. */
    public void refuseFrame(Frame good, String reason) {
        refusedFrame = filledFrame;
        refusedWhy = reason;
        goodFrame = good;
    }

    /** Whether a frame is known, so that there is something to serve. */
    public boolean known() {
        return filledFrame != null;
    }

    /** The frame that the log says last, whether or not a good one stands in for it. */
    Optional<Frame> frame() {
        return Optional.ofNullable(frame);
    }

    /** What HAProxy shall be, with that version. */
    public Wanted wanted(Version version) {
        Frame now = filledFrame;
        Frame good = goodFrame;
        if (now == null) {
            throw new IllegalStateException("no frame is known");
        }
        Wanted wanted =
                new Wanted(
                        version, good != null && now.equals(refusedFrame) ? good : now, services);
        return withOptions(quarantine.isEmpty() ? wanted : wanted.withServices(standing()));
    }

    /** The services as they shall be, by name. */
    private Map<String, WantedService> standing() {
        Map<String, WantedService> standing = new TreeMap<>(services);
        quarantine.forEach(
                (name, refused) ->
                        refused.instead(services.get(name))
                                .ifPresentOrElse(
                                        last -> standing.put(name, last),
                                        () -> standing.remove(name)));
        return standing;
    }

    /**
     * A good frame of an earlier release, which does not read all options, may stand in for ours.
     */
    private static Wanted withOptions(Wanted wanted) {
        List<String> sections = wanted.frame().sections();
        if (OptionsMap.isWhollyRead(sections)) {
            return wanted;
        }
        Map<String, WantedService> services = new TreeMap<>(wanted.services());
        services.replaceAll(
                (_, service) ->
                        service.live().equals(LiveOptions.NONE)
                                        || OptionsMap.isRead(sections, service.live())
                                ? service
                                : service.withOptionsInText());
        return wanted.withServices(services);
    }

    /** Which of these services must not come in as they are now, and why; the frame likewise. */
    public List<Note> refusals(Set<String> names) {
        List<Note> notes = new ArrayList<>();
        frameProblem().ifPresent(notes::add);
        quarantine.forEach(
                (name, refused) -> {
                    if (names.contains(name)) {
                        notes.add(refused.why());
                    }
                });
        return notes;
    }

    /** The names of the services that were refused. */
    public NavigableSet<String> quarantined() {
        return new TreeSet<>(quarantine.keySet());
    }

    /** What of the manifest is not in force, and why. */
    public List<Note> leftOut() {
        List<Note> notes = new ArrayList<>();
        quarantine.values().forEach(refused -> notes.add(refused.why()));
        Optional<Note> problem = frameProblem();
        if (problem.isPresent()) {
            notes.add(problem.get());
        } else if (filledFrame != null && filledFrame.equals(refusedFrame)) {
            notes.add(new Note(QUARANTINED, PartCheck.FRAME, refusedWhy));
        }
        services.values().forEach(service -> notes.addAll(service.leftOut()));
        return notes;
    }

    private Optional<Note> frameProblem() {
        return Optional.ofNullable(strangeFrame).or(() -> Optional.ofNullable(failedTemplate));
    }

    private static String partName(String service) {
        return "service/" + service;
    }

    private static String serviceName(String part) {
        return part.startsWith("service/") ? part.substring("service/".length()) : part;
    }
}
