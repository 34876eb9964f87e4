package io.signalbox.haproxy;

import java.util.List;

/**
 * What is shown where HAProxy itself answers with a status; answers of servers stay as they are.
 */
public record ErrorPage(int status, Page page) {

    /** Those that HAProxy has pages for. */
    public static final List<Integer> STATUSES =
            List.of(400, 401, 403, 404, 405, 408, 410, 413, 425, 429, 500, 501, 502, 503, 504);

    public ErrorPage {
        if (!STATUSES.contains(status)) {
            throw new IllegalValue(
                    "status of an error page",
                    "must be one of " + STATUSES,
                    Integer.toString(status));
        }
    }

    void write(ConfigWriter text) {
        text.line("http-error status " + status);
        page.write(text);
    }
}
