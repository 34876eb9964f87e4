package io.signalbox.renderer.core;

import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lenders and containers by their names, so that a change of one finds the others without looking
 * at the rest. Lenders that are gone are known until they are forgotten: their going is why their
 * servers go. One owner thread.
 */
final class Lenders {
    private final Map<String, SortedMap<String, Entry>> lenders = new HashMap<>();
    private final Map<String, SortedMap<String, Entry>> containers = new HashMap<>();

    /**
     * Takes a change of the view.
     *
     * @return containers other than the changed entry that may borrow something else now
     */
    Set<Entry> apply(ServiceView.Change change) {
        Set<Entry> borrowers = new LinkedHashSet<>();
        Entry before = change.before();
        if (before != null) {
            remove(before);
            borrowers.addAll(borrowers(before));
        }
        Entry after = change.after();
        if (after != null) {
            add(after);
            borrowers.addAll(borrowers(after));
        }
        return borrowers;
    }

    void add(Entry entry) {
        Adoption.lender(entry.state()).ifPresent(name -> put(lenders, name, entry));
        names(entry).forEach(name -> put(containers, name.name(), entry));
    }

    private void remove(Entry entry) {
        Adoption.lender(entry.state()).ifPresent(name -> drop(lenders, name, entry));
        names(entry).forEach(name -> drop(containers, name.name(), entry));
    }

    private Collection<Entry> borrowers(Entry lender) {
        return Adoption.lender(lender.state())
                .map(name -> named(containers, name).values())
                .orElse(List.of());
    }

    /**
     * What the entry borrows, a member for each service: of the first of its names under which
     * anything is lent to the group, by its lenders, of whom the greatest speaks.
     */
    SortedMap<String, Member> lent(Entry entry, GroupDefinition group) {
        SortedMap<String, Member> lent = new TreeMap<>();
        for (Adoption.Name name : names(entry)) {
            for (Entry lender : named(lenders, name.name()).values()) {
                List<Declaration> words = Adoption.lent(lender.state(), name);
                if (entry.state() instanceof Instance instance
                        && Members.selected(instance, lender, group.selector())) {
                    Members.lent(words, lender, group)
                            .forEach(
                                    (service, word) ->
                                            greatest(lent, service, entry, word, lender));
                }
            }
            if (!lent.isEmpty()) {
                return lent;
            }
        }
        return lent;
    }

    private static void greatest(
            SortedMap<String, Member> lent,
            String service,
            Entry entry,
            Declaration word,
            Entry lender) {
        Member before = lent.get(service);
        Member own = new Member(lender, word);
        if (before == null || own.compareTo(new Member(before.word(), before.declaration())) > 0) {
            lent.put(service, new Member(entry, word, lender));
        }
    }

    /**
     * The lender whose word is why a container is no server of a service any more, although no fact
     * is about the container: it is known, and lends that service to nobody now; null for none.
     */
    @Nullable Entry withdrew(Entry container, String service) {
        for (Adoption.Name name : names(container)) {
            for (Entry lender : named(lenders, name.name()).values()) {
                if (Adoption.lent(lender.state(), name).stream()
                        .noneMatch(word -> word.service().equals(service))) {
                    return lender;
                }
            }
        }
        return null;
    }

    private static List<Adoption.Name> names(Entry entry) {
        return entry.state() instanceof Instance instance ? Adoption.names(instance) : List.of();
    }

    private static SortedMap<String, Entry> named(
            Map<String, SortedMap<String, Entry>> index, String name) {
        return index.getOrDefault(name, new TreeMap<>());
    }

    private static void put(Map<String, SortedMap<String, Entry>> index, String name, Entry entry) {
        index.computeIfAbsent(name, _ -> new TreeMap<>()).put(entry.key(), entry);
    }

    private static void drop(
            Map<String, SortedMap<String, Entry>> index, String name, Entry entry) {
        SortedMap<String, Entry> left = named(index, name);
        left.remove(entry.key());
        if (left.isEmpty()) {
            index.remove(name);
        }
    }
}
