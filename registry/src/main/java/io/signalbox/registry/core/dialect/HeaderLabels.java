package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.ErrorPage;
import io.signalbox.haproxy.HeaderChange;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.Page;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.Direction;
import io.signalbox.schemas.HttpPolicy.HeaderAction;
import io.signalbox.schemas.HttpPolicy.HeaderRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Reads the labels that have a word of the user's in their key: headers and error pages. A bad one
 * takes itself alone. Of a header first all are taken away, then one is set, then one is added.
 */
final class HeaderLabels {
    private static final int MOST_HEADERS = 100;
    private static final Pattern STATUS = Pattern.compile("[0-9]{3}");

    /** Their values are secrets, and labels stand in the log for all to read. */
    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie");

    private final LabelReader labels;

    HeaderLabels(LabelReader labels) {
        this.labels = labels;
    }

    List<HeaderRule> headers() {
        List<HeaderRule> rules = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            for (HeaderAction action :
                    List.of(HeaderAction.DELETE, HeaderAction.SET, HeaderAction.ADD)) {
                forEach(
                        beginning(direction, action),
                        (word, value) -> add(rules, direction, action, word, value));
            }
        }
        return rules;
    }

    private void add(
            List<HeaderRule> rules,
            Direction direction,
            HeaderAction action,
            String word,
            String value) {
        if (action == HeaderAction.DELETE && !labels.truth(word)) {
            return;
        }
        String name = word.substring(beginning(direction, action).length());
        HeaderRule rule =
                labels.checked(
                        word,
                        value,
                        "bad-header",
                        text ->
                                rule(
                                        direction,
                                        action,
                                        name,
                                        action == HeaderAction.DELETE ? "" : text));
        if (rule != null && rules.size() < MOST_HEADERS) {
            rules.add(rule);
        } else if (rule != null) {
            labels.reject(
                    word, value, "too-many", "at most " + MOST_HEADERS + " headers are changed");
        }
    }

    private static HeaderRule rule(
            Direction direction, HeaderAction action, String name, String value) {
        if (direction == Direction.REQUEST
                && action != HeaderAction.DELETE
                && SECRET.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalValue(
                    "name of a header",
                    "must not be one that carries a secret: labels can be read by many",
                    name);
        }
        HeaderChange unused =
                new HeaderChange(
                        HeaderChange.Direction.valueOf(direction.name()),
                        HeaderChange.Action.valueOf(action.name()),
                        name,
                        value);
        return new HeaderRule(direction, action, unused.name(), unused.value());
    }

    private static String beginning(Direction direction, HeaderAction action) {
        String of =
                switch (direction) {
                    case REQUEST -> HttpKeys.REQUEST_HEADERS;
                    case RESPONSE -> HttpKeys.RESPONSE_HEADERS;
                };
        return of
                + switch (action) {
                    case SET -> HttpKeys.SET;
                    case ADD -> HttpKeys.ADD;
                    case DELETE -> HttpKeys.DELETE;
                };
    }

    List<HttpPolicy.ErrorPage> errorPages() {
        List<HttpPolicy.ErrorPage> pages = new ArrayList<>();
        forEach(
                HttpKeys.ERROR,
                (word, value) -> {
                    String status = word.substring(HttpKeys.ERROR.length());
                    ErrorPage page =
                            labels.checked(
                                    word, value, "bad-error-page", text -> page(status, text));
                    if (page != null) {
                        pages.add(new HttpPolicy.ErrorPage(page.status(), page.page().text()));
                    }
                });
        return pages;
    }

    private static ErrorPage page(String status, String text) {
        int number = STATUS.matcher(status).matches() ? Integer.parseInt(status) : 0;
        return new ErrorPage(number, new Page(text));
    }

    private void forEach(String beginning, BiConsumer<String, String> read) {
        for (Map.Entry<String, String> label : labels.own().entrySet()) {
            if (label.getKey().startsWith(beginning)) {
                read.accept(label.getKey(), label.getValue());
            }
        }
    }
}
