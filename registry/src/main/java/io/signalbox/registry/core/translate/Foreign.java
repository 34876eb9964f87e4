package io.signalbox.registry.core.translate;

import io.signalbox.registry.core.translate.Row.Treatment;
import io.signalbox.schemas.Dialect;
import io.signalbox.schemas.Withheld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One container's labels or variables of a foreign dialect. What is unknown, refused, needless, too
 * long or withheld is said to be so at once; the others are left to be read. One thread.
 */
public final class Foreign {
    private static final int LONGEST = 8192;
    private static final int MOST = 1000;
    private static final int MOST_WORDS = 10_000;

    private final Translation.Builder made;
    private final String prefix;
    private final Function<String, Optional<Row>> rows;
    private final TreeMap<String, String> good = new TreeMap<>();
    private final Set<String> sets = new TreeSet<>();
    private boolean shut;
    private int words;

    /**
     * @param prefix of all keys
     * @param said by the key behind the prefix
     * @param rows what is known of a key behind the prefix
     */
    public Foreign(
            Dialect dialect,
            String prefix,
            Map<String, String> said,
            Function<String, Optional<Row>> rows) {
        this.made = new Translation.Builder(dialect);
        this.prefix = prefix;
        this.rows = rows;
        int count = 0;
        for (Map.Entry<String, String> one : new TreeMap<>(said).entrySet()) {
            Said word = new Said(one.getKey(), one.getValue());
            if (++count > MOST) {
                refuseWhole(word, "too-many", "at most " + MOST + " labels are read");
                break;
            }
            sort(word);
        }
    }

    private void sort(Said said) {
        Row row = rows.apply(said.key()).orElse(null);
        if (row == null) {
            refuse(said, "unknown-key", "there is no such label", null);
        } else if (row.treatment() == Treatment.NOT_NEEDED) {
            made.notNeeded(prefix + said.key(), said.value(), row.doc());
        } else if (row.treatment() == Treatment.REFUSED) {
            refuse(said, "not-followed", row.doc(), row.natively());
            shut |= row.whole();
        } else if (said.value().length() > LONGEST) {
            refuse(said, "too-long", "a value has at most " + LONGEST + " characters", null);
            shut |= row.whole();
        } else if (Withheld.parse(said.value()).isPresent()) {
            refuse(said, "withheld", "its value did not leave the host", null);
            shut |= row.whole();
        } else {
            good.put(said.key(), said.value());
        }
    }

    /** What is left to be read, by its key. */
    public Set<String> keys() {
        return good.keySet();
    }

    /** What that key says; null where it says nothing that can be read. */
    public @Nullable Said said(String key) {
        String value = good.get(key);
        return value == null ? null : new Said(key, value);
    }

    /** The same if there is no doubt that it is said. */
    public Said known(String key) {
        return new Said(key, good.getOrDefault(key, ""));
    }

    /** Whether something is true; what is neither true nor false is refused. */
    public boolean isTrue(@Nullable Said said) {
        if (said == null || said.lower().equals("false") || said.text().isEmpty()) {
            if (said != null) {
                needless(said, "it is so anyway");
            }
            return false;
        }
        if (!said.isTrue()) {
            refuse(said, "bad-boolean", "it is 'true' or 'false'", null);
            shut |= rows.apply(said.key()).map(Row::whole).orElse(false);
        }
        return said.isTrue();
    }

    /**
     * The list that something says; one that is too long to be read takes the container with it.
     */
    public List<String> list(@Nullable Said said) {
        if (said == null) {
            return List.of();
        }
        if (said.isTooMany()) {
            refuseWhole(said, "too-many", "a list has at most 256 entries");
        }
        return said.list();
    }

    /** Does not follow something. */
    public void refuse(Said said, String code, String rule, @Nullable String alternative) {
        String other = alternative == null || alternative.isEmpty() ? null : alternative;
        made.refuse(prefix + said.key(), said.value(), code, rule, other);
    }

    /** Does not follow something without which more would get in than was meant. */
    public void refuseWhole(Said said, String code, String rule) {
        refuseWhole(said, code, rule, null);
    }

    /** The same with what could be said instead. */
    public void refuseWhole(Said said, String code, String rule, @Nullable String alternative) {
        refuse(said, code, rule, alternative);
        shut = true;
    }

    /** Passes over something that asks for nothing that is not so anyway. */
    public void needless(Said said, String why) {
        made.notNeeded(prefix + said.key(), said.value(), why);
    }

    /** Says a native label of a set. */
    public void put(String set, NativeWord word) {
        if (++words > MOST_WORDS) {
            refuseWhole(word.from(), "too-many", "it makes more than is followed");
            return;
        }
        sets.add(set);
        Said from = word.from();
        made.put(set, word.key(), word.value(), prefix + from.key(), from.value());
    }

    /** Says some. */
    public void put(String set, List<NativeWord> some) {
        some.forEach(word -> put(set, word));
    }

    /** Takes one service back. */
    public void drop(String set) {
        made.drop(set);
    }

    /**
     * All that became of it; no service where something that keeps requests out was not followed.
     */
    public Translation translation() {
        if (shut) {
            sets.forEach(made::drop);
        }
        return made.build();
    }
}
