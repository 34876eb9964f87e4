package io.signalbox.cli.group;

import io.signalbox.schemas.GroupDefinition.Listen;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on as people write it: {@code :80}, {@code 127.0.0.1:8080}, {@code
 * [::1]:8080}.
 */
public final class ListenAddress {

    /** What is accepted, for messages. */
    public static final String RULE =
            "must be an address to listen on such as :80, 127.0.0.1:8080 or [::1]:8080";

    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[0-9.]*|\\*|localhost):(\\d{1,5})");

    private ListenAddress() {}

    /** Reads it; empty when the text is not one. */
    public static Optional<Listen> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        if (port < 1 || port > 65_535) {
            return Optional.empty();
        }
        return address(matcher.group(1)).map(address -> new Listen(address, port));
    }

    /** The form that {@link #parse} reads. */
    public static String print(Listen listen) {
        String address =
                listen.address().contains(":") ? "[" + listen.address() + "]" : listen.address();
        return address + ":" + listen.port();
    }

    private static Optional<String> address(String written) {
        return switch (written) {
            case "", "*" -> Optional.of("");
            case "localhost" -> Optional.of("127.0.0.1");
            default ->
                    literal(
                            written.startsWith("[")
                                    ? written.substring(1, written.length() - 1)
                                    : written);
        };
    }

    private static Optional<String> literal(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return Optional.ofNullable(address.getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
