package io.signalbox.haproxy;

import io.signalbox.haproxy.HeaderChange.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service's backend does to requests and responses. The order is that of this list:
 *
 * <ol>
 *   <li>redirects: before a password or anything else is asked on an address that is not the right
 *       one, above all not without TLS;
 *   <li>access by address (403), which costs least and tells nothing;
 *   <li>the rate (429), which so limits guesses of passwords too;
 *   <li>preflights of other origins (204): browsers send them without a password;
 *   <li>maintenance (503): a password would lead nowhere, and the application is not asked;
 *   <li>authentication (401);
 *   <li>the path, then the headers, as servers are to see them.
 * </ol>
 *
 * Headers of responses are set on all that clients get, also on the answers above.
 *
 * @param headers in the order in which they are changed
 * @param maintenance answered to all requests; null for none
 */
public record HttpRules(
        List<HeaderChange> headers,
        PathChanges path,
        Redirects redirects,
        @Nullable StrictTransport strictTransport,
        @Nullable Compression compression,
        @Nullable BasicAuthentication authentication,
        AccessRules access,
        @Nullable RateLimit rate,
        @Nullable CrossOrigin crossOrigin,
        @Nullable Page maintenance,
        List<ErrorPage> errorPages) {

    private static final int MOST_HEADERS = 100;

    public HttpRules {
        FrameSettings.checkRange("number of headers", headers.size(), 0, MOST_HEADERS);
        headers = List.copyOf(headers);
        errorPages = List.copyOf(errorPages);
        if (errorPages.stream().map(ErrorPage::status).distinct().count() < errorPages.size()) {
            throw new IllegalValue("error page", "must be one for each status", "");
        }
    }

    /** The lines of the backend. */
    public List<String> lines() {
        var text = new ConfigWriter();
        guards(text);
        if (maintenance != null) {
            // The last rule of requests: HAProxy warns of any behind one that always answers.
            text.line("http-request return status 503");
            maintenance.write(text);
        } else {
            if (haveGuards()) {
                OptionsMap.closeInTurn(text);
            }
            requests(text);
        }
        headers(text, Direction.RESPONSE);
        responses(text);
        return text.toLines();
    }

    private void guards(ConfigWriter text) {
        if (redirects.needTls() || strictTransport != null) {
            ThroughTls.write(text);
        }
        redirects.write(text);
        access.write(text);
        if (rate != null) {
            rate.write(text);
        }
        if (crossOrigin != null) {
            crossOrigin.writeRequest(text);
        }
    }

    /** Whether maintenance has its place behind rules of the backend's own. */
    private boolean haveGuards() {
        return !redirects.hosts().isEmpty()
                || !redirects.paths().isEmpty()
                || !access.equals(AccessRules.NONE)
                || rate != null
                || crossOrigin != null;
    }

    private void requests(ConfigWriter text) {
        if (authentication != null) {
            authentication.write(text);
        }
        if (authentication == null || !authentication.isClosed()) {
            path.write(text);
            headers(text, Direction.REQUEST);
        }
    }

    private void headers(ConfigWriter text, Direction direction) {
        headers.stream()
                .filter(header -> header.direction() == direction)
                .forEach(header -> header.write(text));
    }

    private void responses(ConfigWriter text) {
        if (strictTransport != null) {
            strictTransport.write(text);
        }
        if (crossOrigin != null) {
            crossOrigin.writeResponse(text);
        }
        if (compression != null) {
            compression.write(text);
        }
        errorPages.forEach(page -> page.write(text));
    }
}
