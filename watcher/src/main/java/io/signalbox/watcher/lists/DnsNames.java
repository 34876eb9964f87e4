package io.signalbox.watcher.lists;

import io.signalbox.watcher.core.lists.DnsMessage;
import io.signalbox.watcher.core.lists.KnownAddresses;
import io.signalbox.watcher.core.lists.KnownAddresses.Answer;
import io.signalbox.watcher.core.lists.ListedService.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DNS names that are looked up again and again, each on a thread of its own, so that none waits
 * for another. Safe for all threads.
 */
final class DnsNames implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DnsNames.class);

    private final BiFunction<Lookup, Integer, Answer> resolver;
    private final Duration every;
    private final Runnable changed;
    private final Map<Lookup, Followed> followed = new HashMap<>();

    /**
     * Follows no name yet.
     *
     * @param resolver answers a look-up and a type of record, and may take its time
     * @param every the pause between two look-ups of a name
     * @param changed called, from any thread, when a name has other addresses, or its first
     */
    DnsNames(BiFunction<Lookup, Integer, Answer> resolver, Duration every, Runnable changed) {
        this.resolver = resolver;
        this.every = every;
        this.changed = changed;
    }

    /** Follows exactly these names from now on. */
    synchronized void follow(Set<Lookup> wanted) {
        Set<Lookup> unwanted = new HashSet<>(followed.keySet());
        unwanted.removeAll(wanted);
        unwanted.forEach(gone -> continueElsewhere(gone, wanted));
        for (Lookup lookup : wanted) {
            if (!followed.containsKey(lookup)) {
                start(lookup, new KnownAddresses());
            }
        }
    }

    /** A name that another server is asked for now keeps its addresses until that one answers. */
    private void continueElsewhere(Lookup gone, Set<Lookup> wanted) {
        Followed ended = followed.remove(gone);
        if (ended == null) {
            return;
        }
        ended.thread.interrupt();
        for (Lookup lookup : wanted) {
            if (lookup.name().equals(gone.name()) && !followed.containsKey(lookup)) {
                start(lookup, new KnownAddresses(ended.known));
            }
        }
    }

    private void start(Lookup lookup, KnownAddresses known) {
        Followed fresh = new Followed(lookup, known);
        followed.put(lookup, fresh);
        fresh.thread.start();
    }

    /** The addresses of a name, in a stable order; none while it was never answered. */
    synchronized List<String> addresses(Lookup lookup) {
        Followed one = followed.get(lookup);
        return one == null ? List.of() : one.known.all();
    }

    /** Whether every name was answered once. */
    synchronized boolean answered() {
        return followed.values().stream().allMatch(one -> one.known.answered());
    }

    /** How many names are not answered at the moment. */
    synchronized int failing() {
        return (int) followed.values().stream().filter(one -> !one.failure.isEmpty()).count();
    }

    @Override
    public synchronized void close() {
        new ArrayList<>(followed.values()).forEach(one -> one.thread.interrupt());
        followed.clear();
    }

    /** One name and its thread. */
    private final class Followed implements Runnable {
        private final Lookup lookup;
        private final KnownAddresses known;
        private final Thread thread;
        private String failure = "";

        Followed(Lookup lookup, KnownAddresses known) {
            this.lookup = lookup;
            this.known = known;
            this.thread = Thread.ofVirtual().name("watcher-dns-" + lookup.name()).unstarted(this);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    Answer four = resolver.apply(lookup, DnsMessage.A);
                    Answer six = resolver.apply(lookup, DnsMessage.AAAA);
                    if (take(four, six)) {
                        changed.run();
                    }
                    Thread.sleep(every);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean take(Answer four, Answer six) {
            synchronized (DnsNames.this) {
                if (followed.get(lookup) != this) {
                    return false;
                }
                List<String> before = known.all();
                boolean first = !known.answered();
                Optional<String> why = known.take(four, six);
                report(why.orElse(""));
                return why.isEmpty() && (first || !known.all().equals(before));
            }
        }

        private void report(String now) {
            if (!now.isEmpty() && failure.isEmpty()) {
                log.atWarn()
                        .addKeyValue("name", lookup.name())
                        .addKeyValue("error", now)
                        .addKeyValue("kept", known.all())
                        .log("DNS name has no answer; its known addresses stay");
            } else if (now.isEmpty() && !failure.isEmpty()) {
                log.atInfo()
                        .addKeyValue("name", lookup.name())
                        .addKeyValue("addresses", known.all())
                        .log("DNS name is answered again");
            }
            failure = now;
        }
    }
}
