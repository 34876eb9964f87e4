package io.signalbox.haproxy;

import io.signalbox.haproxy.BasicAuthentication.User;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Rules made of hostile values and of such as could be meant; what the values' types refuse is left
 * out.
 */
final class RandomRules {

    private static final List<String> PATTERNS =
            List.of("(", ")", "[", "]", "*", "+", "?", "{2}", "\\", "|", ".", "a-z", "$", "/", "x");

    private final Random random;
    private final Rules rules = Rules.none();

    private RandomRules(Random random) {
        this.random = random;
    }

    static Rules of(Random random) {
        var made = new RandomRules(random);
        made.values();
        return made.rules;
    }

    private void values() {
        for (var direction : HeaderChange.Direction.values()) {
            for (var action : HeaderChange.Action.values()) {
                trying(() -> rules.header(direction, action, either("X-Test"), text()));
                trying(() -> rules.header(direction, action, "X-Test", text()));
            }
        }
        trying(() -> rules.strip("/" + text(), "/api"));
        trying(() -> rules.strip(either("/api"), "/api/v2"));
        trying(() -> rules.prefix("/" + text()));
        trying(() -> rules.rewrite("^/" + text(), either("/\\1")));
        trying(() -> rules.rewrite(pattern(), either("/b")));
        trying(() -> rules.rewrite("^/(a)", "/" + text()));
        trying(() -> rules.toHost(either(""), either("a.example"), 301));
        trying(() -> rules.toHost("b.example", "a.example:" + random.nextInt(70_000), 301));
        trying(() -> rules.toPath(pattern(), either("/b"), 307));
        trying(() -> rules.toPath("^/(b)", "https://a.example/" + text(), 307));
        trying(() -> rules.compress(either("text/html"), "text/css"));
        trying(() -> rules.allow(either("10.0.0.0/8"), network()));
        trying(() -> rules.deny(network()));
        trying(() -> rules.error(503, text()));
        trying(() -> rules.error(403, "<" + text()));
        switch (random.nextInt(3)) {
            case 0 -> trying(() -> rules.maintenance(text()));
            case 1 ->
                    trying(
                            () ->
                                    rules.users(
                                            either("realm"),
                                            new User(text(), HttpCases.USERS.get(0).hash()),
                                            new User(
                                                    "ann", either(HttpCases.USERS.get(2).hash()))));
            default -> trying(() -> rules.users(text()));
        }
        trying(
                () ->
                        rules.cors(
                                new CrossOrigin(
                                        List.of(either("https://a.example"), "https://b.example"),
                                        List.of(either("PUT")),
                                        List.of(either("X-A")),
                                        List.of(either("*")),
                                        random.nextBoolean(),
                                        Duration.ofSeconds(random.nextInt(100_000)))));
        trying(
                () ->
                        rules.rate(
                                new RateLimit(
                                        random.nextInt(1_000_000),
                                        Duration.ofSeconds(random.nextInt(90_000)))));
    }

    private String text() {
        return random.nextBoolean() ? Seeded.nasty(random) : Seeded.printable(random);
    }

    private String either(String usual) {
        return random.nextInt(4) == 0 ? text() : usual;
    }

    private String pattern() {
        var text = new StringBuilder("^/");
        for (var i = random.nextInt(8); i > 0; i--) {
            text.append(PATTERNS.get(random.nextInt(PATTERNS.size())));
        }
        return text.toString();
    }

    private String network() {
        return random.nextBoolean()
                ? random.nextInt(300) + ".1.2.3/" + random.nextInt(40)
                : Integer.toHexString(random.nextInt(0x1ffff)) + "::1/" + random.nextInt(140);
    }

    private static void trying(Runnable made) {
        try {
            made.run();
        } catch (IllegalValue e) {
            // Not for HAProxy: that is what the types are for.
        }
    }
}
