package io.signalbox.registry.core.dialect;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the word that somebody probably meant. */
final class Spelling {
    private static final int LONGEST = 64;

    /** Words that other proxies use, or people say, for ours. */
    private static final Map<String, String> SYNONYMS =
            Map.ofEntries(
                    Map.entry("domain", "host"),
                    Map.entry("domains", "host"),
                    Map.entry("hostname", "host"),
                    Map.entry("virtualhost", "host"),
                    Map.entry("prefix", "path"),
                    Map.entry("name", "service"),
                    Map.entry("enabled", "enable"),
                    Map.entry("draining", "drain"),
                    Map.entry("drain-time", "drain"),
                    Map.entry("drain-timeout", "drain"),
                    Map.entry("balancing", "balance"),
                    Map.entry("balancer", "balance"),
                    Map.entry("algorithm", "balance"),
                    Map.entry("loadbalancer", "balance"),
                    Map.entry("timeout", "timeout.server"),
                    Map.entry("server-timeout", "timeout.server"),
                    Map.entry("queue-timeout", "timeout.queue"),
                    Map.entry("tunnel-timeout", "timeout.tunnel"),
                    Map.entry("retry", "retries"),
                    Map.entry("rr", "roundrobin"),
                    Map.entry("least-connections", "leastconn"),
                    Map.entry("least_connections", "leastconn"),
                    Map.entry("ip-hash", "source"),
                    Map.entry("ip_hash", "source"),
                    Map.entry("auth", "auth.users"),
                    Map.entry("basicauth", "auth.users"),
                    Map.entry("users", "auth.users"),
                    Map.entry("allowlist", "allow"),
                    Map.entry("whitelist", "allow"),
                    Map.entry("denylist", "deny"),
                    Map.entry("blacklist", "deny"),
                    Map.entry("ratelimit", "rate"),
                    Map.entry("rate-limit", "rate"),
                    Map.entry("client-cert", "client-certificate"),
                    Map.entry("mtls", "client-certificate"),
                    Map.entry("cors", "cors.origins"),
                    Map.entry("https", "redirect.https"),
                    Map.entry("redirect", "redirect.https"),
                    Map.entry("compression", "compress"),
                    Map.entry("gzip", "compress"),
                    Map.entry("stripprefix", "path.strip"),
                    Map.entry("strip", "path.strip"),
                    Map.entry("rewrite", "path.rewrite"));

    private Spelling() {}

    /** The nearest of the known words, or null when none is near. */
    static @Nullable String nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return null;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        String synonym = SYNONYMS.get(lower);
        if (synonym != null && known.contains(synonym)) {
            return synonym;
        }
        String best = null;
        int least = Math.min(2, Math.max(1, lower.length() / 2)) + 1;
        for (String candidate : known) {
            int distance = distance(lower, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Insertions, deletions, changes and swaps of neighbours that lead from one to the other. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
