package io.signalbox.registry.core;

import io.signalbox.schemas.Fact;

/**
 * A decision that silence (or its end) leads to; it counts once its fact is in the log.
 *
 * @param partition of {@code container-events} that the fact belongs to
 * @param subject the record's key: the host id or {@code endpoint/<id>}
 */
public record Verdict(int partition, String subject, Fact.Decided fact) {}
