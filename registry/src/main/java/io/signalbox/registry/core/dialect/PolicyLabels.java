package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Policy.Balance;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a container says of how its services are to be treated. A bad value is reported and
 * takes itself alone: what it is about stays as the group says.
 */
final class PolicyLabels {
    private static final Pattern RETRIES = Pattern.compile("[0-9]{1,2}");

    private final LabelReader labels;

    /**
     * @param own what is said of the container as a whole, by the key behind the prefix
     */
    PolicyLabels(Map<String, String> own, Rejections rejections) {
        this.labels = new LabelReader(own, rejections);
    }

    Policy policy() {
        Policy.Check check = CheckLabels.of(labels);
        Policy.Sticky sticky = StickyLabels.of(labels);
        return new Policy(
                labels.said(SignalboxKeys.DRAIN, Times::drain),
                labels.said(SignalboxKeys.BALANCE, PolicyLabels::balance),
                new Policy.Timeouts(
                        timeout(SignalboxKeys.TIMEOUT_SERVER),
                        timeout(SignalboxKeys.TIMEOUT_QUEUE),
                        timeout(SignalboxKeys.TIMEOUT_TUNNEL)),
                labels.said(SignalboxKeys.RETRIES, PolicyLabels::retries),
                sticky,
                check,
                ServerLabels.servers(labels, check),
                ServerLabels.standing(labels, sticky),
                new HttpLabels(labels).policy());
    }

    private @Nullable Duration timeout(String word) {
        return labels.said(word, Times::timeout);
    }

    private static Parsed<Balance> balance(String key, String value) {
        String word = Values.trimmed(value);
        return Balance.of(word)
                .<Parsed<Balance>>map(Parsed.Good::new)
                .orElseGet(
                        () ->
                                new Parsed.Bad<>(
                                        Rejections.of(
                                                "bad-balance",
                                                key,
                                                value,
                                                Policy.BALANCE_RULE,
                                                likelyBalance(word))));
    }

    private static @Nullable String likelyBalance(String word) {
        return Spelling.nearest(word, Arrays.stream(Balance.values()).map(Balance::word).toList());
    }

    private static Parsed<Integer> retries(String key, String value) {
        String text = Values.trimmed(value);
        return RETRIES.matcher(text).matches() && Policy.isRetries(Integer.parseInt(text))
                ? new Parsed.Good<>(Integer.valueOf(text))
                : new Parsed.Bad<>(Rejections.of("bad-retries", key, value, Policy.RETRIES_RULE));
    }
}
