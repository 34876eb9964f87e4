package io.signalbox.renderer.core;

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

    /** All members, the newest last. */
    NavigableSet<Member> members() {
        return members;
    }

    /** What the service claims, each since the oldest member that declares it was first shown. */
    SortedMap<RouteTable.RouteName, Instant> claims() {
        SortedMap<RouteTable.RouteName, Instant> claims = new TreeMap<>();
        if (members.isEmpty()) {
            return claims;
        }
        for (Declaration.Route route : newest().declaration().routes()) {
            if (ServicePart.againstRoute(route) == null) {
                claims.put(new RouteTable.RouteName(route.host(), route.path()), since(route));
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
                .anyMatch(
                        route ->
                                route.host().equals(wanted.host())
                                        && route.path().equals(wanted.path()));
    }
}
