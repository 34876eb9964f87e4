package io.signalbox.cli.group;

import io.signalbox.haproxy.CertificateName;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.Network;
import io.signalbox.haproxy.Snippet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the value of a key looks like: for the reader, for the JSON Schema, and in words. */
sealed interface ValueKind {

    /** In a word or two, for tables. */
    String words();

    /** As JSON Schema says it. */
    JsonObject schema();

    /** A kind whose values are single ones. */
    sealed interface Single extends ValueKind {
        /** Whether a text is such a value. */
        boolean fits(String text);

        /** What it must be, as a sentence without its subject. */
        String rule();
    }

    /**
     * Any text that fits.
     *
     * @param pattern of JSON Schema too
     */
    record Text(String words, Pattern pattern, String rule) implements Single {
        @Override
        public boolean fits(String text) {
            return pattern.matcher(text).matches();
        }

        @Override
        public JsonObject schema() {
            return string(pattern.pattern());
        }
    }

    /** One of some words. */
    record Word(List<String> choices) implements Single {
        Word(String... choices) {
            this(List.of(choices));
        }

        @Override
        public String words() {
            return "one of " + shown();
        }

        private String shown() {
            return String.join(", ", choices);
        }

        @Override
        public boolean fits(String text) {
            return choices.contains(text);
        }

        @Override
        public String rule() {
            return "must be one of " + shown();
        }

        /** YAML 1.1 reads some words as truths, and editors take numbers for numbers. */
        @Override
        public JsonObject schema() {
            JsonArray values = new JsonArray();
            for (String choice : choices) {
                if (choice.matches("\\d+")) {
                    values.add(Integer.parseInt(choice));
                } else {
                    values.add(choice);
                }
                if (choice.equals("off")) {
                    values.add(false);
                }
            }
            return new JsonObject().put("enum", values);
        }
    }

    /** A whole number. */
    record Whole(int least, int most) implements Single {
        @Override
        public String words() {
            return "whole number from " + least + " to " + most;
        }

        @Override
        public boolean fits(String text) {
            return text.matches("-?\\d{1,10}")
                    && new BigInteger(text).compareTo(BigInteger.valueOf(least)) >= 0
                    && new BigInteger(text).compareTo(BigInteger.valueOf(most)) <= 0;
        }

        @Override
        public String rule() {
            return "must be a whole number from " + least + " to " + most;
        }

        @Override
        public JsonObject schema() {
            return new JsonObject()
                    .put("type", "integer")
                    .put("minimum", least)
                    .put("maximum", most);
        }
    }

    /** True or false. */
    record Flag() implements Single {
        @Override
        public String words() {
            return "true or false";
        }

        @Override
        public boolean fits(String text) {
            return text.equals("true") || text.equals("false");
        }

        @Override
        public String rule() {
            return "must be true or false";
        }

        @Override
        public JsonObject schema() {
            return new JsonObject().put("type", "boolean");
        }
    }

    /** A duration above zero. */
    record Time() implements Single {
        @Override
        public String words() {
            return "duration";
        }

        @Override
        public boolean fits(String text) {
            return YamlMap.duration(text) != null;
        }

        @Override
        public String rule() {
            return "must be a duration above zero such as 500ms, 5s, 15m or 1h";
        }

        @Override
        public JsonObject schema() {
            return string("0{0,8}[1-9]\\d{0,8}(ms|s|m|h|d)");
        }
    }

    /**
     * An address to listen on.
     *
     * @param orOff whether {@code off} is one too
     */
    record Address(boolean orOff) implements Single {
        @Override
        public String words() {
            return orOff ? "address, or off" : "address";
        }

        @Override
        public boolean fits(String text) {
            return (orOff && text.equals("off")) || ListenAddress.parse(text).isPresent();
        }

        @Override
        public String rule() {
            return ListenAddress.RULE + (orOff ? ", or off" : "");
        }

        @Override
        public JsonObject schema() {
            JsonObject address = string("(\\[[0-9a-fA-F:.]+\\]|[0-9.]*|\\*|localhost):\\d{1,5}");
            return orOff
                    ? new JsonObject()
                            .put(
                                    "anyOf",
                                    new JsonArray().add(address).add(new Word("off").schema()))
                    : address;
        }
    }

    /** A value that one of our types accepts. */
    record Checked(String words, Consumer<String> check, String shape) implements Single {
        /** An address or network in CIDR notation. */
        static final Checked NETWORK =
                new Checked("network", Network::new, "[0-9A-Fa-f.:]{2,45}(/\\d{1,3})?");

        /** The name of a file with certificates. */
        static final Checked FILE_NAME =
                new Checked("name", CertificateName::new, "[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

        @Override
        public boolean fits(String text) {
            return problem(text) == null;
        }

        @Nullable String problem(String text) {
            try {
                check.accept(text);
                return null;
            } catch (IllegalValue e) {
                return e.getMessage();
            }
        }

        @Override
        public String rule() {
            return "must be a " + words;
        }

        @Override
        public JsonObject schema() {
            return string(shape);
        }
    }

    /** A list of single values. */
    record Listing(Single element) implements ValueKind {
        @Override
        public String words() {
            return "list, each a " + element.words();
        }

        @Override
        public JsonObject schema() {
            return new JsonObject().put("type", "array").put("items", element.schema());
        }
    }

    /** Lines of HAProxy's configuration: a list of them, or a block of text. */
    record Lines(Snippet.Place place) implements ValueKind {
        @Override
        public String words() {
            return "list of lines, or a block of text";
        }

        @Override
        public JsonObject schema() {
            JsonObject line = new JsonObject().put("type", "string");
            return new JsonObject()
                    .put(
                            "anyOf",
                            new JsonArray()
                                    .add(line)
                                    .add(new JsonObject().put("type", "array").put("items", line)));
        }
    }

    /** A mapping of names of one's own to lines. */
    record LinesByName(Snippet.Place place) implements ValueKind {
        @Override
        public String words() {
            return "lines by name";
        }

        @Override
        public JsonObject schema() {
            return new JsonObject()
                    .put("type", "object")
                    .put("additionalProperties", new Lines(place).schema());
        }
    }

    /**
     * A mapping of places to templates, each a block of text.
     *
     * @param places those besides the entry points
     */
    record Templates(List<String> places) implements ValueKind {
        @Override
        public String words() {
            return "templates by place";
        }

        @Override
        public JsonObject schema() {
            return new JsonObject()
                    .put("type", "object")
                    .put(
                            "propertyNames",
                            new JsonObject()
                                    .put("type", "string")
                                    .put(
                                            "pattern",
                                            "^(?:"
                                                    + String.join("|", places)
                                                    + "|entry-points\\..+)$"))
                    .put("additionalProperties", new JsonObject().put("type", "string"));
        }
    }

    /** A mapping of keys of one's own to texts. */
    record Pairs() implements ValueKind {
        @Override
        public String words() {
            return "mapping of texts";
        }

        @Override
        public JsonObject schema() {
            return new JsonObject()
                    .put("type", "object")
                    .put("additionalProperties", new JsonObject().put("type", "string"));
        }
    }

    /** A mapping of the keys below it. */
    record Section() implements ValueKind {
        @Override
        public String words() {
            return "section";
        }

        @Override
        public JsonObject schema() {
            return new JsonObject().put("type", "object");
        }
    }

    /**
     * A mapping of names of one's own to sections; a section of which only an address is said is
     * written as that.
     */
    record Named(Pattern name) implements ValueKind {
        @Override
        public String words() {
            return "sections by name";
        }

        @Override
        public JsonObject schema() {
            return new JsonObject().put("type", "object").put("minProperties", 1);
        }
    }

    private static JsonObject string(String pattern) {
        return new JsonObject().put("type", "string").put("pattern", "^(?:" + pattern + ")$");
    }
}
