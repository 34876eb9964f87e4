package io.signalbox.renderer.core;

import io.signalbox.renderer.core.RouteTable.Claim;
import io.signalbox.renderer.core.RouteTable.Holder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How services share a route, in whole hundredths. Each gets what it claims as long as there is
 * something left, the older claim first; the rest has who claims the route without a share, else
 * who has the greatest.
 *
 * @param percent by service; empty where nobody claims a share, so that the holder has it all
 * @param sticky whether any of them wants clients to stay with the service that they were given
 */
record RouteShares(SortedMap<String, Integer> percent, boolean sticky) {
    private static final int WHOLE = 100;

    RouteShares {
        percent = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(percent));
    }

    /**
     * @param holder who has what the others leave; null for nobody
     */
    static RouteShares of(SortedMap<String, Claim> claims, @Nullable Holder holder) {
        SortedMap<String, Integer> percent = new TreeMap<>();
        int left = WHOLE;
        for (Map.Entry<String, Claim> share : oldestFirst(claims)) {
            Integer wanted = share.getValue().percent();
            int given = Math.min(left, wanted == null ? 0 : wanted);
            percent.put(share.getKey(), given);
            left -= given;
        }
        if (!percent.isEmpty()) {
            rest(percent, left, holder);
        }
        return new RouteShares(percent, claims.values().stream().anyMatch(Claim::sticky));
    }

    private static List<Map.Entry<String, Claim>> oldestFirst(SortedMap<String, Claim> claims) {
        List<Map.Entry<String, Claim>> shares = new ArrayList<>(claims.entrySet());
        shares.removeIf(share -> share.getValue().percent() == null);
        shares.sort(Comparator.comparing(share -> share.getValue().since()));
        return shares;
    }

    private static void rest(
            SortedMap<String, Integer> percent, int left, @Nullable Holder holder) {
        if (holder != null) {
            percent.put(holder.service(), left);
            return;
        }
        String greatest = percent.firstKey();
        for (Map.Entry<String, Integer> share : percent.entrySet()) {
            if (share.getValue() > percent.getOrDefault(greatest, 0)) {
                greatest = share.getKey();
            }
        }
        if (percent.getOrDefault(greatest, 0) > 0) {
            percent.merge(greatest, left, Integer::sum);
        }
    }

    /** Whether the route is shared at all. */
    boolean isShared() {
        return !percent.isEmpty();
    }

    /** What of it the service has; 0 for nothing. */
    int of(String service) {
        return percent.getOrDefault(service, 0);
    }

    /** Whether one service has all of it. */
    boolean isWhole(String service) {
        return of(service) == WHOLE;
    }
}
