package io.signalbox.renderer.core;

import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.Declaration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One service of a group: who belongs to it. One owner thread. */
final class Service {
    /** Each request may have to be compared with all rules of all services. */
    static final int MOST_RULES = 100;

    private final NavigableSet<Member> members = new TreeSet<>();
    private final Map<String, Member> byKey = new HashMap<>();

    void put(Member member) {
        remove(member.entry().key());
        members.add(member);
        byKey.put(member.entry().key(), member);
    }

    void remove(String key) {
        Member known = byKey.remove(key);
        if (known != null) {
            members.remove(known);
        }
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** The member whose declaration holds; there must be one. */
    Member newest() {
        return members.last();
    }

    /** Whether connections lead to it, and not requests; there must be a member. */
    boolean isTcp() {
        return newest().declaration().isTcp();
    }

    /** All members, the newest last. */
    NavigableSet<Member> members() {
        return members;
    }

    /** What the service claims, each since the oldest member that declares it was first shown. */
    SortedMap<RoutePattern, RouteTable.Claim> claims() {
        SortedMap<RoutePattern, RouteTable.Claim> claims = new TreeMap<>();
        if (members.isEmpty()) {
            return claims;
        }
        int rules = 0;
        for (Declaration.Route route : newest().declaration().routes()) {
            if (route.isTcp() == isTcp() && DeclaredRoute.against(route) == null) {
                RoutePattern pattern = DeclaredRoute.pattern(route);
                rules += pattern.isRule() ? 1 : 0;
                if (rules <= MOST_RULES || !pattern.isRule()) {
                    claims.putIfAbsent(pattern, DeclaredRoute.claim(route, since(route)));
                }
            }
        }
        return claims;
    }

    private Instant since(Declaration.Route wanted) {
        Instant oldest = newest().shownAt();
        for (Member member : members) {
            if (member.shownAt().isBefore(oldest) && declares(member, wanted)) {
                oldest = member.shownAt();
            }
        }
        return oldest;
    }

    private static boolean declares(Member member, Declaration.Route wanted) {
        return member.declaration().routes().stream()
                .anyMatch(route -> DeclaredRoute.isSame(route, wanted));
    }
}
