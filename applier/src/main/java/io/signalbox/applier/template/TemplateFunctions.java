package io.signalbox.applier.template;

import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.signalbox.applier.core.template.TemplateData;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions that a template may call, by name. */
final class TemplateFunctions extends AbstractExtension {
    private final Map<String, Call.Body> bodies;

    private TemplateFunctions(Map<String, Call.Body> bodies) {
        this.bodies = bodies;
    }

    /** Those that answer by the data and their arguments alone. */
    static TemplateFunctions pure(TemplateData data) {
        Map<String, Call.Body> bodies = new TreeMap<>(TextFunctions.ALL);
        bodies.putAll(NumberFunctions.ALL);
        bodies.putAll(DataFunctions.of(data));
        return new TemplateFunctions(bodies);
    }

    /** These and further ones. */
    TemplateFunctions with(Map<String, Call.Body> further) {
        Map<String, Call.Body> all = new TreeMap<>(bodies);
        all.putAll(further);
        return new TemplateFunctions(all);
    }

    @Override
    public Map<String, Function> getFunctions() {
        Map<String, Function> functions = new LinkedHashMap<>();
        bodies.forEach((name, body) -> functions.put(name, new Named(name, body)));
        return functions;
    }

    private record Named(String name, Call.Body body) implements Function {
        @Override
        @SuppressWarnings("NullAway") // null stands for any arguments, by the library's rule
        public @Nullable List<String> getArgumentNames() {
            return null;
        }

        @Override
        public Object execute(
                Map<String, Object> arguments,
                PebbleTemplate template,
                EvaluationContext context,
                int line) {
            try {
                return body.apply(Call.of(arguments));
            } catch (IllegalArgumentException | ArithmeticException | IOException e) {
                throw new PebbleException(
                        e, name + ": " + e.getMessage(), line, template.getName());
            }
        }
    }
}
