package io.signalbox.cli;

import io.signalbox.registry.core.dialect.Declared;
import io.signalbox.registry.core.dialect.Dialects;
import io.signalbox.registry.core.translate.Translation;
import io.signalbox.registry.core.translate.Translation.Line;
import io.signalbox.registry.core.translate.Translation.NativeLabels;
import io.signalbox.registry.core.translate.Translators;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Dialect;
import io.signalbox.schemas.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of one container's labels and variables, for people and for a Compose file. */
final class TranslationView {
    private static final int LONGEST = 60;

    private final String service;
    private final List<Translation> translations;
    private final List<Rejection> further;

    /**
     * A view.
     *
     * @param service how the Compose file calls it
     * @param dialect the only one that is shown; null for all
     */
    TranslationView(String service, Container container, @Nullable Dialect dialect) {
        this.service = service;
        this.translations =
                Translators.translate(container).stream()
                        .filter(one -> dialect == null || one.dialect() == dialect)
                        .toList();
        this.further = further(Dialects.declare(container));
    }

    /** What is refused when the native labels are read, and so in no line of a translation. */
    private List<Rejection> further(Declared declared) {
        Set<String> told = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Translation translation : translations) {
            for (Line line : translation.lines()) {
                keys.add(line.key());
                if (line instanceof Line.Refused refused) {
                    told.add(refused.code() + " " + refused.key());
                }
            }
        }
        return declared.rejections().stream()
                .filter(one -> keys.contains(one.key()) || one.key().startsWith("signalbox."))
                .filter(one -> !told.contains(one.code() + " " + one.key()))
                .toList();
    }

    boolean isEmpty() {
        return translations.isEmpty();
    }

    /** Whether anything that is said is not followed. */
    boolean isRefused() {
        return !further.isEmpty()
                || translations.stream()
                        .flatMap(one -> one.lines().stream())
                        .anyMatch(Line.Refused.class::isInstance);
    }

    /** What became of each label, one row each. */
    List<String> table() {
        Table table = new Table("LABEL", "SAID", "BECAME");
        for (Translation translation : translations) {
            translation
                    .lines()
                    .forEach(
                            line ->
                                    table.row(
                                            shown(line.key()), shown(line.value()), became(line)));
        }
        further.forEach(
                one ->
                        table.row(
                                one.key(),
                                shown(one.value()),
                                refused(one.code(), one.message(), one.suggestion())));
        return table.lines();
    }

    private static String became(Line line) {
        return switch (line) {
            case Line.Became(_, _, String key, String value) -> key + "=" + escaped(value);
            case Line.Refused(_, _, String code, String rule, String alternative) ->
                    refused(code, rule, alternative);
            case Line.NotNeeded(_, _, String why) -> "not needed: " + why;
        };
    }

    private static String refused(String code, String rule, @Nullable String alternative) {
        String instead = alternative == null ? "" : "; see " + alternative;
        return "refused (" + code + "): " + rule + instead;
    }

    /**
     * The native labels below {@code services:} of a Compose file. A container's native labels have
     * one policy for all its services; what would need a second one is there as a comment.
     */
    List<String> compose() {
        List<String> lines = new ArrayList<>();
        lines.add("  " + quoted(service) + ":");
        lines.add("    labels:");
        boolean first = true;
        for (Translation translation : translations) {
            for (NativeLabels labels : translation.services()) {
                String before = first ? "      " : "      # ";
                if (!first) {
                    lines.add("      # Another policy needs a container of its own:");
                }
                labels.labels()
                        .forEach((key, value) -> lines.add(before + key + ": " + quoted(value)));
                first = false;
            }
        }
        if (first) {
            return List.of();
        }
        return lines;
    }

    private static String shown(String text) {
        String escaped = escaped(text);
        return escaped.length() > LONGEST ? escaped.substring(0, LONGEST) + "…" : escaped;
    }

    /** One line of printable ASCII. */
    private static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars()
                .forEach(
                        c ->
                                shown.append(
                                        c >= ' ' && c < 0x7f
                                                ? Character.toString(c)
                                                : "\\u%04x".formatted(c)));
        return shown.toString();
    }

    /** As a text of YAML in which Compose finds no variable. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(
                        c ->
                                quoted.append(
                                        switch (c) {
                                            case '"' -> "\\\"";
                                            case '\\' -> "\\\\";
                                            case '$' -> "$$";
                                            default -> escaped(Character.toString(c));
                                        }));
        return quoted.append('"').toString();
    }
}
