package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.CrossOrigin;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.schemas.HttpPolicy.Cors;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads which foreign pages may read responses. A bad origin, method or header takes itself alone;
 * without a good origin no page may.
 */
final class CorsLabels {
    private static final List<String> WORDS =
            List.of(
                    HttpKeys.CORS_METHODS,
                    HttpKeys.CORS_HEADERS,
                    HttpKeys.CORS_EXPOSED,
                    HttpKeys.CORS_CREDENTIALS,
                    HttpKeys.CORS_MAX_AGE);
    private static final String CODE = "bad-cors";
    private static final String ALL = "*";
    private static final int MOST = 100;

    private final LabelReader labels;

    CorsLabels(LabelReader labels) {
        this.labels = labels;
    }

    @Nullable Cors cors() {
        if (!labels.has(HttpKeys.CORS_ORIGINS)) {
            WORDS.stream().filter(labels::has).forEach(this::rejectWithoutOrigins);
            return null;
        }
        List<String> origins =
                list(
                        HttpKeys.CORS_ORIGINS,
                        text -> CrossOrigin.origin(text.toLowerCase(Locale.ROOT)));
        List<String> methods = list(HttpKeys.CORS_METHODS, CrossOrigin::method);
        List<String> headers = list(HttpKeys.CORS_HEADERS, CrossOrigin::header);
        List<String> exposed = list(HttpKeys.CORS_EXPOSED, CrossOrigin::header);
        boolean credentials = labels.truth(HttpKeys.CORS_CREDENTIALS);
        if (credentials
                && (origins.contains(ALL)
                        || methods.contains(ALL)
                        || headers.contains(ALL)
                        || exposed.contains(ALL))) {
            labels.reject(
                    HttpKeys.CORS_CREDENTIALS,
                    "true",
                    CODE,
                    "credentials are not allowed where anything is '*'");
            credentials = false;
        }
        Duration maxAge = labels.said(HttpKeys.CORS_MAX_AGE, CODE, CorsLabels::maxAge);
        return new Cors(origins, methods, headers, exposed, credentials, maxAge);
    }

    private void rejectWithoutOrigins(String word) {
        labels.reject(
                word,
                labels.own().getOrDefault(word, ""),
                CODE,
                "it says nothing without " + SignalboxKeys.PREFIX + HttpKeys.CORS_ORIGINS);
    }

    /** The values of a list; {@code *} stands alone, and is left out beside others. */
    private List<String> list(String word, Function<String, String> read) {
        List<String> values = labels.list(word, CODE, read);
        if (values.contains(ALL) && values.size() > 1) {
            labels.reject(word, ALL, CODE, "'*' stands alone; it is left out beside others");
            values = values.stream().filter(value -> !value.equals(ALL)).toList();
        }
        if (values.size() > MOST) {
            labels.reject(word, "", "too-many", "a list has at most " + MOST + " values");
            values = values.subList(0, MOST);
        }
        return values;
    }

    private static Duration maxAge(String text) {
        return CrossOrigin.maxAge(
                Times.read(text)
                        .orElseThrow(
                                () ->
                                        new IllegalValue(
                                                "max-age", "must be like 10m, 0s to 24h", text)));
    }
}
