package io.signalbox.bench.fuzz;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Policy.Check;
import io.signalbox.schemas.Policy.Servers;
import io.signalbox.schemas.Policy.Servers.Protocol;
import io.signalbox.schemas.Policy.Sticky;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads back from the text of a service's backend what the service's policy was, as far as it is
 * not what the group says anyway.
 */
final class ServiceReader {
    private static final GroupDefinition.Defaults STANDARD =
            GroupDefinition.builtIn("x", new GroupDefinition.Listen("", 80)).defaults();

    private final Map<String, List<String>> lines = new HashMap<>();
    private List<String> server = List.of();

    private ServiceReader(List<String> backend) {
        for (String line : backend) {
            List<String> words = new ArrayList<>(Words.of(line.strip()));
            if (words.getFirst().equals("server")) {
                server = words;
            } else {
                int key = isTwoWords(words.getFirst()) ? 2 : 1;
                lines.put(
                        String.join(" ", words.subList(0, key)), words.subList(key, words.size()));
            }
        }
    }

    private static boolean isTwoWords(String word) {
        return word.equals("timeout") || word.equals("option") || word.equals("http-check");
    }

    /**
     * What differs between the policy that the text says and the one that it was made of; empty
     * where nothing does.
     */
    static Optional<String> difference(List<String> backend, Policy policy) {
        ServiceReader reader = new ServiceReader(backend);
        Map<String, @Nullable Object> read = new HashMap<>();
        Map<String, @Nullable Object> said = new HashMap<>();
        read.put("balance", reader.word("balance", 0));
        said.put(
                "balance", policy.balance() == null ? STANDARD.balance() : policy.balance().word());
        read.put("timeout queue", reader.time("timeout queue"));
        said.put("timeout queue", policy.timeouts().queue());
        read.put("retries", reader.word("retries", 0));
        said.put("retries", policy.retries() == null ? null : policy.retries().toString());
        read.put("sticky", reader.sticky());
        said.put("sticky", named(policy.sticky()));
        if (!reader.server.isEmpty()) {
            read.put("check", reader.check());
            said.put("check", standardised(policy.check()));
            read.put("servers", reader.servers());
            said.put("servers", plain(policy.servers()));
        }
        return read.equals(said) ? Optional.empty() : Optional.of(read + " is not " + said);
    }

    private static @Nullable Sticky named(@Nullable Sticky sticky) {
        return sticky == null || !sticky.cookie().isEmpty()
                ? sticky
                : new Sticky(sticky.mode(), "SIGNALBOX", sticky.secure());
    }

    private static Check standardised(@Nullable Check said) {
        Check check = said == null ? new Check(Check.Kind.TCP, "", "", "", null, null, null) : said;
        if (check.kind() == Check.Kind.NONE) {
            return new Check(Check.Kind.NONE, "", "", "", null, null, null);
        }
        boolean http = check.kind() == Check.Kind.HTTP;
        return new Check(
                check.kind(),
                http ? check.path() : "",
                http ? standard(check.host(), "localhost") : "",
                http ? standard(check.status(), "200-399") : "",
                Objects.requireNonNullElse(check.interval(), STANDARD.check().interval()),
                Objects.requireNonNullElse(check.fall(), STANDARD.check().fall()),
                Objects.requireNonNullElse(check.rise(), STANDARD.check().rise()));
    }

    private static String standard(String said, String otherwise) {
        return said.isEmpty() ? otherwise : said;
    }

    private static Servers plain(Servers said) {
        return new Servers(
                said.maxConnections(),
                said.maxQueue(),
                said.slowStart(),
                said.errorLimit(),
                Objects.requireNonNullElse(said.protocol(), Protocol.HTTP),
                said.proxyProtocol());
    }

    private @Nullable String word(String key, int at) {
        List<String> words = lines.get(key);
        return words == null ? null : words.get(at);
    }

    private @Nullable Duration time(String key) {
        String word = word(key, 0);
        return word == null ? null : duration(word);
    }

    private static Duration duration(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> throw new IllegalArgumentException("not a time: " + text);
        };
    }

    private @Nullable Sticky sticky() {
        List<String> words = lines.get("cookie");
        return words == null
                ? null
                : new Sticky(
                        Sticky.Mode.of(words.get(1)).orElseThrow(),
                        words.getFirst(),
                        words.contains("secure"));
    }

    private Check check() {
        if (!server.contains("check")) {
            return new Check(Check.Kind.NONE, "", "", "", null, null, null);
        }
        boolean http = lines.containsKey("option httpchk");
        return new Check(
                http ? Check.Kind.HTTP : Check.Kind.TCP,
                http ? after(lines.getOrDefault("http-check send", List.of()), "uri") : "",
                http ? after(lines.getOrDefault("http-check send", List.of()), "Host") : "",
                http ? String.valueOf(word("http-check expect", 1)) : "",
                duration(after(server, "inter")),
                Integer.valueOf(after(server, "fall")),
                Integer.valueOf(after(server, "rise")));
    }

    private Servers servers() {
        return new Servers(
                number("maxconn"),
                number("maxqueue"),
                server.contains("slowstart") ? duration(after(server, "slowstart")) : null,
                number("error-limit"),
                protocol(),
                proxyProtocol());
    }

    private @Nullable Integer proxyProtocol() {
        if (server.contains("send-proxy-v2")) {
            return Integer.valueOf(2);
        }
        return server.contains("send-proxy") ? Integer.valueOf(1) : null;
    }

    private Protocol protocol() {
        if (server.contains("ssl")) {
            return server.contains("alpn") ? Protocol.H2 : Protocol.HTTPS;
        }
        return server.contains("proto") ? Protocol.H2C : Protocol.HTTP;
    }

    private @Nullable Integer number(String key) {
        return server.contains(key) ? Integer.valueOf(after(server, key)) : null;
    }

    private static String after(List<String> words, String key) {
        return words.get(words.indexOf(key) + 1);
    }
}
