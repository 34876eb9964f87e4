package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.BasicAuthentication;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.Network;
import io.signalbox.haproxy.RateLimit;
import io.signalbox.haproxy.UserListName;
import io.signalbox.schemas.HttpPolicy.Access;
import io.signalbox.schemas.HttpPolicy.Auth;
import io.signalbox.schemas.HttpPolicy.Rate;
import io.signalbox.schemas.HttpPolicy.User;
import io.signalbox.schemas.Withheld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what keeps requests out: certificates, passwords, addresses, the rate. A bad value here
 * lets nobody in whom a good one would have kept out: of users and allowed networks the good ones
 * remain, and if there is none, nobody comes in; a bad denied network or rate keeps everybody out
 * until it is right; a bad word about certificates asks for one.
 */
final class GuardLabels {
    private static final String REALM = "Restricted";
    private static final int MOST_USERS = 64;
    private static final int MOST_NETWORKS = 500;
    private static final Pattern RATE = Pattern.compile("([0-9]{1,7})/([0-9]{1,5}[smh])");
    private static final String NOBODY = "; until it is right nobody comes in";

    private final LabelReader labels;

    GuardLabels(LabelReader labels) {
        this.labels = labels;
    }

    @Nullable Auth auth() {
        boolean byList = labels.has(HttpKeys.AUTH_LIST);
        if (!byList && !labels.has(HttpKeys.AUTH_USERS) && !labels.has(HttpKeys.AUTH_REALM)) {
            return null;
        }
        String realm = labels.said(HttpKeys.AUTH_REALM, "bad-realm", GuardLabels::realm);
        if (byList) {
            return new Auth(realm == null ? REALM : realm, List.of(), list());
        }
        List<User> users = users();
        if (users.isEmpty()) {
            labels.reject(
                    HttpKeys.AUTH_USERS,
                    "",
                    "no-users",
                    "there is no user whose password can be checked; nobody comes in");
        }
        return new Auth(realm == null ? REALM : realm, users);
    }

    /** The list's name; empty if it is bad, so that nobody comes in. */
    private String list() {
        if (labels.has(HttpKeys.AUTH_USERS)) {
            labels.reject(
                    HttpKeys.AUTH_USERS,
                    "",
                    "two-lists",
                    "users come from "
                            + SignalboxKeys.PREFIX
                            + HttpKeys.AUTH_LIST
                            + "; these do not come in");
        }
        UserListName list = labels.said(HttpKeys.AUTH_LIST, "bad-list", UserListName::new);
        if (list == null) {
            labels.reject(HttpKeys.AUTH_LIST, "", "no-users", "there is no list; nobody comes in");
        }
        return list == null ? "" : list.value();
    }

    private static String realm(String text) {
        return new BasicAuthentication(text, List.of()).realm();
    }

    private List<User> users() {
        List<User> users = new ArrayList<>();
        for (String entry : labels.own().getOrDefault(HttpKeys.AUTH_USERS, "").split(",", -1)) {
            String text = Values.trimmed(entry);
            User user = text.isEmpty() ? null : user(text);
            if (user == null) {
                continue;
            }
            if (users.stream().anyMatch(other -> other.name().equals(user.name()))) {
                rejectUser(user.name(), "each user is there once; the first counts");
            } else if (users.size() == MOST_USERS) {
                rejectUser(user.name(), "there are at most " + MOST_USERS + " users");
            } else {
                users.add(user);
            }
        }
        return users;
    }

    private @Nullable User user(String entry) {
        int colon = entry.indexOf(':');
        String name = colon < 0 ? "" : entry.substring(0, colon);
        String hash = entry.substring(colon + 1);
        Optional<Withheld> withheld = Withheld.parse(name.startsWith("!") ? entry : hash);
        if (withheld.isPresent()) {
            rejectUser(name, "the password did not leave the host: " + withheld.get().detail());
            return null;
        }
        // Shown is the name alone: what stands behind the colon may be a password.
        BasicAuthentication.User good =
                labels.checked(
                        HttpKeys.AUTH_USERS,
                        name,
                        "bad-user",
                        checked -> new BasicAuthentication.User(checked, hash));
        return good == null ? null : new User(good.name(), good.hash());
    }

    private void rejectUser(String name, String rule) {
        labels.reject(HttpKeys.AUTH_USERS, name, "bad-user", rule);
    }

    Access access() {
        boolean shut = false;
        List<String> allow = networks(HttpKeys.ALLOW);
        if (labels.has(HttpKeys.ALLOW) && allow.isEmpty()) {
            labels.reject(
                    HttpKeys.ALLOW,
                    "",
                    "no-network",
                    "there is no network from which requests may come; nobody comes in");
            shut = true;
        }
        List<String> deny = networks(HttpKeys.DENY);
        if (labels.has(HttpKeys.DENY) && !isWhole(HttpKeys.DENY)) {
            labels.reject(
                    HttpKeys.DENY,
                    "",
                    "no-network",
                    "a network that requests may not come from is not known" + NOBODY);
            shut = true;
        }
        if (labels.has(HttpKeys.RATE) && rate(new Rejections()) == null) {
            shut = true;
        }
        return shut ? Access.NOBODY : new Access(allow, deny);
    }

    /** A bad word asks for one too. */
    boolean clientCertificate() {
        if (!labels.has(HttpKeys.CLIENT_CERTIFICATE)) {
            return false;
        }
        Boolean required =
                labels.said(
                        HttpKeys.CLIENT_CERTIFICATE,
                        "bad-client-certificate",
                        GuardLabels::isRequired);
        return required == null || required;
    }

    private static boolean isRequired(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "required" -> true;
            case "none" -> false;
            default ->
                    throw new IllegalValue(
                            "certificate of the client",
                            "must be required or none; it is taken for required",
                            text);
        };
    }

    private List<String> networks(String word) {
        List<String> networks =
                labels.list(word, "bad-network", text -> Network.parse(text).text());
        if (networks.size() <= MOST_NETWORKS) {
            return networks;
        }
        labels.reject(word, "", "too-many", "a list has at most " + MOST_NETWORKS + " networks");
        return networks.subList(0, MOST_NETWORKS);
    }

    /** Whether every network of a list is a good one, and none is left out. */
    private boolean isWhole(String word) {
        Rejections bad = new Rejections();
        new GuardLabels(new LabelReader(labels.own(), bad)).networks(word);
        return bad.sorted().isEmpty();
    }

    @Nullable Rate rate() {
        return rate(labels.rejections());
    }

    private @Nullable Rate rate(Rejections bad) {
        RateLimit limit =
                new LabelReader(labels.own(), bad)
                        .said(HttpKeys.RATE, "bad-rate", GuardLabels::limit);
        return limit == null ? null : new Rate(limit.requests(), limit.per());
    }

    private static RateLimit limit(String text) {
        Matcher matcher = RATE.matcher(text);
        Optional<Duration> time =
                matcher.matches() ? Times.read(matcher.group(2)) : Optional.empty();
        if (time.isEmpty()) {
            throw new IllegalValue("rate", "must be requests/time such as 100/10s" + NOBODY, text);
        }
        try {
            return new RateLimit(Integer.parseInt(matcher.group(1)), time.get());
        } catch (IllegalValue e) {
            throw new IllegalValue(e.subject(), e.rule() + NOBODY, text);
        }
    }
}
