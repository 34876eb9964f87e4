package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Said;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how Docker Flow Proxy's paths are rewritten, in the older and in the newer words. */
record Rewrite(Foreign foreign, List<NativeWord> policy) {

    /**
     * Reads them.
     *
     * @param pairs what the destination says of its paths; null for nothing
     */
    void read(@Nullable Said pairs) {
        Said search = foreign.said("reqPathSearch");
        Said replacement = foreign.said("reqPathReplace");
        if (pairs != null) {
            unusedPair(search, replacement);
            int comma = pairs.value().indexOf(',');
            boolean one = comma > 0 && pairs.value().indexOf(':') < 0;
            rewrite(
                    pairs,
                    one ? pairs.value().substring(0, comma).strip() : "",
                    one ? pairs.value().substring(comma + 1).strip() : "");
        } else if (search != null && replacement != null) {
            rewrite(search, search.text(), replacement.text());
            rewrite(replacement, search.text(), replacement.text());
        } else {
            unusedPair(search, replacement);
        }
    }

    private void unusedPair(@Nullable Said search, @Nullable Said replacement) {
        for (Said said : new Said[] {search, replacement}) {
            if (said != null) {
                foreign.needless(said, "it takes both, and no reqPathSearchReplace");
            }
        }
    }

    private void rewrite(Said from, String search, String replacement) {
        Optional<String> rewrite = Paths.rewrite(search, replacement);
        if (rewrite.isPresent()) {
            policy.add(new NativeWord("signalbox.path.rewrite", rewrite.get(), from));
            return;
        }
        String rule = "it is one pair, and the search begins with a slash, or with ^ and one";
        foreign.refuse(from, "bad-rewrite", rule, "signalbox.path.rewrite");
    }
}
