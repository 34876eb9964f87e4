package io.signalbox.registry.core.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.Network;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may come in by a door. Each case answers why a caller may not; empty means come in. */
public sealed interface Access {

    /** Why this caller may not come in; empty where it may. */
    Optional<Problem> against(Caller caller);

    /**
     * Nobody.
     *
     * @param setting the one that opens it
     */
    record Closed(String setting) implements Access {
        @Override
        public Optional<Problem> against(Caller caller) {
            return Optional.of(
                    Problem.of(
                            401,
                            "door-closed",
                            "this door is closed: "
                                    + setting
                                    + "=token opens it to whoever has a token, "
                                    + setting
                                    + "=open to named networks"));
        }
    }

    /**
     * Nobody here: the door is on an address of its own.
     *
     * @param address that address
     */
    record Elsewhere(String setting, String address) implements Access {
        @Override
        public Optional<Problem> against(Caller caller) {
            return Optional.of(
                    Problem.of(
                            401,
                            "door-elsewhere",
                            "this door is open at " + address + " only, by " + setting + "=open"));
        }
    }

    /**
     * Whoever says a token, in {@code Authorization: Bearer TOKEN}.
     *
     * @param setting the one that names the file
     * @param token tells the token that holds now; null while there is none
     */
    record ByToken(String setting, java.util.function.Supplier<@Nullable String> token)
            implements Access {
        private static final String SCHEME = "bearer ";

        @Override
        public Optional<Problem> against(Caller caller) {
            String said = caller.authorization();
            String holds = token.get();
            if (said == null) {
                return refusal(
                        "no-token",
                        "the token is missing: send Authorization: Bearer TOKEN, the token being"
                                + " what the file of "
                                + setting
                                + " says");
            }
            if (!said.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                return refusal(
                        "no-token", "the header Authorization must say Bearer, a space, the token");
            }
            if (holds == null || !same(said.substring(SCHEME.length()).strip(), holds)) {
                return refusal("wrong-token", "the token is not that of the file of " + setting);
            }
            return Optional.empty();
        }

        /** In a time that tells nothing about where they differ. */
        private static boolean same(String one, String other) {
            return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
        }

        private static Optional<Problem> refusal(String code, String detail) {
            return Optional.of(Problem.of(401, code, detail));
        }
    }

    /**
     * Whoever comes from one of these networks, and is no browser's page.
     *
     * @param setting the one that lists them
     */
    record FromNetworks(String setting, List<Network> networks) implements Access {
        public FromNetworks {
            networks = List.copyOf(networks);
        }

        @Override
        public Optional<Problem> against(Caller caller) {
            if (caller.origin() != null) {
                // Any page that a browser here shows could ask in the name of this address.
                return Optional.of(
                        Problem.of(
                                403, "browser-not-allowed", "pages of browsers may not come in"));
            }
            if (networks.stream().anyMatch(network -> isIn(network, caller.address()))) {
                return Optional.empty();
            }
            String open = networks.stream().map(Network::text).collect(Collectors.joining(", "));
            return Optional.of(
                    Problem.of(
                            403,
                            "network-not-allowed",
                            "%s is in none of the networks of %s: %s"
                                    .formatted(caller.address(), setting, open)));
        }

        /** A zone says by which interface an address is reached; what is no address is nowhere. */
        private static boolean isIn(Network network, String address) {
            int zone = address.indexOf('%');
            try {
                return network.contains(zone < 0 ? address : address.substring(0, zone));
            } catch (IllegalValue e) {
                return false;
            }
        }
    }
}
