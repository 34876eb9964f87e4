package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Rejection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Host names as {@code .host} gives them: exact DNS names and IP addresses, never patterns. */
final class HostNames {
    private static final int LONGEST = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern ADDRESS =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
    private static final Pattern WITH_PORT = Pattern.compile("[^:]+:\\d+");

    private HostNames() {}

    /**
     * One name in lower case without a trailing dot; an IPv6 address in brackets, shortest form.
     */
    static Parsed<String> parse(String key, String text) {
        if (!Values.isPrintableAscii(text)) {
            return bad("bad-host", key, text, "an international name is written as xn--…");
        }
        String name = normal(text);
        if (WITH_PORT.matcher(name).matches()) {
            String bare = name.substring(0, name.indexOf(':'));
            return bad("bad-host", key, text, "a host has no port", isName(bare) ? bare : null);
        }
        if (name.indexOf(':') >= 0) {
            String address = IpV6.canonical(withoutBrackets(name));
            return address == null
                    ? bad("bad-host", key, text, "this is no IPv6 address")
                    : new Parsed.Good<>("[" + address + "]");
        }
        return isName(name) ? new Parsed.Good<>(name) : bad("bad-host", key, text, RULE);
    }

    private static final String RULE =
            "a host is a DNS name or IP address: letters, digits, '-' and '_' in labels of at most"
                    + " 63 characters, 253 together";

    private static String normal(String text) {
        String name = Values.trimmed(text).toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static String withoutBrackets(String name) {
        return name.startsWith("[") && name.endsWith("]")
                ? name.substring(1, name.length() - 1)
                : name;
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        if (NUMERIC.matcher(name).matches()) {
            return ADDRESS.matcher(name).matches();
        }
        for (String label : name.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    private static Parsed<String> bad(String code, String key, String value, String message) {
        return bad(code, key, value, message, null);
    }

    private static Parsed<String> bad(
            String code, String key, String value, String message, @Nullable String suggestion) {
        Rejection rejection = Rejections.of(code, key, value, message, suggestion);
        return new Parsed.Bad<>(rejection);
    }
}
