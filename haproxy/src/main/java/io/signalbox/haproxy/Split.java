package io.signalbox.haproxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A route that several services share: a number from 0 to 99 for each request, and a service for
 * each number. The services have the numbers by name, one after the other, whatever they had
 * before: all proxies agree, a client with a number keeps its service through a reload, and between
 * two services no number moves that need not.
 */
public final class Split {
    /** Which cookie keeps a client's number. */
    static final String COOKIE = "SIGNALBOX_SPLIT";

    /** How many numbers there are. */
    public static final int NUMBERS = 100;

    /** No service is called so. */
    static final String PREFIX = "split=";

    static final String STICKY = PREFIX + "sticky-";
    private static final int ID_BYTES = 10;

    private Split() {}

    /** The name of the split of a route. */
    static String id(RoutePattern route, boolean sticky) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(RouteIdentity.of(route).getBytes(StandardCharsets.UTF_8));
            return (sticky ? STICKY : PREFIX) + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether that is the name of a split and no service's. */
    public static boolean isId(String target) {
        return target.startsWith(PREFIX);
    }

    /** The split that a key of the map {@code splits} belongs to. */
    public static String idOf(String key) {
        var slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    /** The keys of all numbers of a split. */
    public static Collection<String> keys(String id) {
        return IntStream.range(0, NUMBERS).mapToObj(number -> id + "/" + number).sorted().toList();
    }

    /**
     * The entries of the map {@code splits}: a service for each number.
     *
     * @param shares in hundredths by service, at least one; what is missing from a hundred has the
     *     greatest share, what is too much has nobody
     */
    public static SortedMap<String, String> entries(String id, SortedMap<String, Integer> shares) {
        var whole = new TreeMap<>(shares);
        var sum = shares.values().stream().mapToInt(Integer::intValue).sum();
        var greatest =
                Collections.max(
                        shares.entrySet(),
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()));
        whole.merge(greatest.getKey(), Math.max(0, NUMBERS - sum), Integer::sum);
        var entries = new TreeMap<String, String>();
        var number = 0;
        for (var share : whole.entrySet()) {
            for (var i = 0; i < share.getValue() && number < NUMBERS; i++) {
                entries.put(id + "/" + number++, share.getKey());
            }
        }
        return entries;
    }
}
