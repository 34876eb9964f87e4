package io.signalbox.applier.template;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.Extension;
import io.pebbletemplates.pebble.extension.ExtensionCustomizer;
import io.pebbletemplates.pebble.extension.core.DisallowExtensionCustomizerBuilder;
import io.pebbletemplates.pebble.loader.MemoryLoader;
import io.signalbox.applier.core.template.TemplateData;
import io.signalbox.applier.core.template.TemplateFailed;
import io.signalbox.applier.core.template.Templates;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Templates in Pebble's language, in a sandbox: no method of any object can be called, no other
 * template or file be read; text is not escaped, and what is not there is a mistake. Each template
 * is read anew, so nothing of one is left for the next. Safe for all threads.
 */
public final class PebbleTemplates implements Templates {
    /** So that a loop without sense ends. */
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

    /** What Pebble knows of a loop while it runs: values of its own. */
    private static final String LOOP = "io.pebbletemplates.pebble.node.ForNode$LoopVariables";

    /** They answer by the machine's clock, time zone, language, or files. */
    private static final List<String> NO_FILTERS = List.of("date", "numberformat");

    private static final List<String> NO_FUNCTIONS = List.of("i18n");
    private static final List<String> NO_TAGS =
            List.of("include", "import", "from", "extends", "embed", "cache", "parallel");

    private final Function<TemplateData, TemplateFunctions> functions;

    private PebbleTemplates(Function<TemplateData, TemplateFunctions> functions) {
        this.functions = functions;
    }

    /** Templates whose text depends on nothing but the data. */
    public static PebbleTemplates pure() {
        return new PebbleTemplates(TemplateFunctions::pure);
    }

    /** Templates that may also ask the machine: its environment, names, files and clock. */
    public static PebbleTemplates of(Machine machine) {
        return new PebbleTemplates(
                data -> TemplateFunctions.pure(data).with(MachineFunctions.of(machine)));
    }

    /**
     * What is wrong with a template whatever it is told; empty if nothing is.
     *
     * @param name what the template is called in messages
     */
    public static Optional<String> problem(String name, String template) {
        MemoryLoader loader = new MemoryLoader();
        loader.addTemplate(name, template);
        try {
            engine(loader, TemplateFunctions.pure(TemplateData.of("", List.of())))
                    .getTemplate(name);
            return Optional.empty();
        } catch (PebbleException e) {
            return Optional.of(sentence(name, e));
        }
    }

    @Override
    public String render(String name, String template, TemplateData data) throws TemplateFailed {
        MemoryLoader loader = new MemoryLoader();
        loader.addTemplate(name, template);
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("group", data.group());
        variables.put("services", List.copyOf(data.services().values()));
        data.generated()
                .ifPresent(
                        lines -> {
                            variables.put("lines", lines);
                            variables.put("generated", String.join("\n", lines));
                        });
        StringWriter text = new StringWriter();
        try {
            engine(loader, functions.apply(data)).getTemplate(name).evaluate(text, variables);
            return text.toString();
        } catch (PebbleException e) {
            throw new TemplateFailed(sentence(name, e));
        } catch (IOException | RuntimeException e) {
            throw new TemplateFailed(name + ": " + words(e));
        } catch (StackOverflowError e) {
            throw new TemplateFailed(name + ": it calls itself without end");
        }
    }

    private static PebbleEngine engine(MemoryLoader loader, TemplateFunctions functions) {
        return new PebbleEngine.Builder()
                .loader(loader)
                .extension(functions)
                .registerExtensionCustomizer(restricted())
                .strictVariables(true)
                .autoEscaping(false)
                .newLineTrimming(false)
                .cacheActive(false)
                .defaultLocale(Locale.ROOT)
                .maxRenderedSize(MOST_CHARACTERS)
                .methodAccessValidator(PebbleTemplates::mayCall)
                .build();
    }

    private static Function<Extension, ExtensionCustomizer> restricted() {
        return new DisallowExtensionCustomizerBuilder()
                .disallowedFilterKeys(NO_FILTERS)
                .disallowedFunctionKeys(NO_FUNCTIONS)
                .disallowedTokenParserTags(NO_TAGS)
                .build();
    }

    private static boolean mayCall(Object target, Method method) {
        return target.getClass().getName().equals(LOOP)
                && method.getDeclaringClass().getName().equals(LOOP);
    }

    private static String sentence(String name, PebbleException e) {
        Integer line = e.getLineNumber();
        return name + (line == null ? "" : ":" + line) + ": " + oneLine(e.getPebbleMessage());
    }

    private static String words(Throwable e) {
        String message = e.getMessage();
        return oneLine(message == null ? e.getClass().getSimpleName() : message);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
