package io.signalbox.haproxy;

import java.util.regex.Pattern;

/**
 * A check that asks each server for a path and looks at the status of the answer.
 *
 * @param path and query, beginning with a slash
 * @param host the host that is named, with or without a port
 * @param status good ones: statuses and ranges, separated by commas, such as {@code 200-299,301}
 */
public record HttpCheck(String path, String host, String status) {

    private static final Pattern PATH = Pattern.compile("/(?:[!-$&(-~]|%[0-9A-Fa-f]{2}){0,1023}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.\\[\\]:-]{1,259}");
    private static final Pattern STATUS =
            Pattern.compile("[1-5]\\d\\d(?:-[1-5]\\d\\d)?(?:,[1-5]\\d\\d(?:-[1-5]\\d\\d)?){0,19}");

    public HttpCheck {
        check("path of the check", PATH, path, "must be a path as it is sent, with % only in %XX");
        check("host of the check", HOST, host, "must be a host name or address");
        check("status of the check", STATUS, status, "must be such as 200-299,301");
    }

    void write(ConfigWriter text) {
        text.line("option httpchk")
                .line("http-check send meth GET uri")
                .value(path)
                .words("ver HTTP/1.1 hdr Host")
                .value(host)
                .line("http-check expect status")
                .value(status);
    }

    private static void check(String subject, Pattern pattern, String value, String rule) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalValue(subject, rule, value);
        }
    }
}
