package io.signalbox.applier.core;

import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.applier.core.template.TemplateData;
import io.signalbox.applier.core.template.TemplateFailed;
import io.signalbox.applier.core.template.Templates;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.Snippets;
import io.signalbox.schemas.Snippets.Named;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Puts what the templates of a frame give in the place of the templates: further lines, or lines
 * instead of those that were generated. They are told of the services as this HAProxy has them, and
 * of nothing else, so that the same parts give the same lines.
 *
 * @param group the group that this proxy is of
 */
record FrameTemplates(String group, Templates templates) {
    private static final String ENTRY_POINTS = "entry-points.";

    /**
     * The frame without templates and with their lines: further ones stand behind those that are
     * there already.
     *
     * @throws TemplateFailed if one is wrong or asks for what is not there
     */
    Frame filled(Frame frame, Collection<WantedService> services) throws TemplateFailed {
        Snippets filled = frame.snippets().withTemplates(List.of());
        TemplateData data = TemplateData.of(group, services);
        Frame replaced = frame;
        for (Named template : frame.snippets().templates()) {
            String name = template.name();
            if (name.startsWith(Snippets.REPLACE)) {
                FrameReplacement part =
                        new FrameReplacement(name.substring(Snippets.REPLACE.length()));
                TemplateData told = data.withGenerated(part.generated(frame));
                replaced = part.replaced(replaced, lines("snippets." + name, template, told));
            } else {
                filled = with(filled, name, lines("snippets.templates." + name, template, data));
            }
        }
        return replaced.with(filled);
    }

    private List<String> lines(String name, Named template, TemplateData data)
            throws TemplateFailed {
        return templates
                .render(name, String.join("\n", template.lines()), data)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static Snippets with(Snippets all, String place, List<String> lines)
            throws TemplateFailed {
        return switch (place) {
            case "global" -> all.with(both(all.global(), lines), all.defaults(), all.frontend());
            case "defaults" -> all.with(all.global(), both(all.defaults(), lines), all.frontend());
            case "frontend" -> all.with(all.global(), all.defaults(), both(all.frontend(), lines));
            case "backends" -> all.withBackends(both(all.backends(), lines));
            case "sections" -> all.withSections(both(all.sections(), lines));
            default -> {
                if (!place.startsWith(ENTRY_POINTS)) {
                    throw new TemplateFailed("snippets.templates has no place " + place);
                }
                List<Named> named = new ArrayList<>(all.entryPoints());
                named.add(new Named(place.substring(ENTRY_POINTS.length()), lines));
                yield all.withEntryPoints(named);
            }
        };
    }

    private static List<String> both(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
