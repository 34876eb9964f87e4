package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Policy.Check;
import io.signalbox.schemas.Policy.Check.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how HAProxy finds out whether a server works. Where any of it is bad, servers are checked
 * as the group says: a check of another page could take all of them out.
 */
final class CheckLabels {
    private static final String CODE = "bad-check";
    private static final int MOST = 100;
    private static final List<String> KINDS = List.of("tcp", "http", "none");
    private static final Pattern PATH = Pattern.compile("/(?:[!-$&(-~]|%[0-9A-Fa-f]{2}){0,1023}");
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9_.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}\\])(?::[0-9]{1,5})?");
    private static final Pattern STATUS =
            Pattern.compile("[1-5]\\d\\d(?:-[1-5]\\d\\d)?(?:,[1-5]\\d\\d(?:-[1-5]\\d\\d)?){0,19}");
    private static final List<String> OF_HTTP =
            List.of(ServerKeys.CHECK_PATH, ServerKeys.CHECK_HOST, ServerKeys.CHECK_STATUS);
    private static final List<String> ALL =
            List.of(
                    ServerKeys.CHECK,
                    ServerKeys.CHECK_PATH,
                    ServerKeys.CHECK_HOST,
                    ServerKeys.CHECK_STATUS,
                    ServerKeys.CHECK_INTERVAL,
                    ServerKeys.CHECK_FALL,
                    ServerKeys.CHECK_RISE);

    private CheckLabels() {}

    /** What is said, null where nothing is, or anything is bad. */
    static @Nullable Check of(LabelReader labels) {
        if (!labels.hasAny(ALL)) {
            return null;
        }
        int bad = labels.rejections().count();
        String kind = labels.oneOf(ServerKeys.CHECK, CODE, KINDS);
        String path =
                labels.text(
                        ServerKeys.CHECK_PATH,
                        CODE,
                        PATH,
                        "it begins with '/' and is as a browser sends it: no spaces or quotes, '%' only in %XX");
        String host =
                labels.text(
                        ServerKeys.CHECK_HOST, CODE, HOST, "it is a host, with or without port");
        String status =
                labels.text(
                        ServerKeys.CHECK_STATUS,
                        CODE,
                        STATUS,
                        "it is made of statuses and ranges, such as 200-299,301");
        Duration interval = labels.said(ServerKeys.CHECK_INTERVAL, Times::timeout);
        Integer fall = labels.number(ServerKeys.CHECK_FALL, CODE, 1, MOST);
        Integer rise = labels.number(ServerKeys.CHECK_RISE, CODE, 1, MOST);
        Check check =
                new Check(
                        kind(labels, kind),
                        Objects.requireNonNullElse(path, "/"),
                        Objects.requireNonNullElse(host, ""),
                        Objects.requireNonNullElse(status, ""),
                        interval,
                        fall,
                        rise);
        return labels.rejections().count() == bad ? fitting(labels, check) : null;
    }

    private static Kind kind(LabelReader labels, @Nullable String word) {
        if (word == null) {
            return labels.hasAny(OF_HTTP) ? Kind.HTTP : Kind.TCP;
        }
        return switch (word) {
            case "http" -> Kind.HTTP;
            case "none" -> Kind.NONE;
            default -> Kind.TCP;
        };
    }

    private static @Nullable Check fitting(LabelReader labels, Check check) {
        if (check.kind() != Policy.Check.Kind.HTTP && labels.hasAny(OF_HTTP)) {
            labels.refuse(
                    ServerKeys.CHECK,
                    CODE,
                    "only a check by HTTP has a path, a host or a status",
                    "http");
            return null;
        }
        return check;
    }
}
