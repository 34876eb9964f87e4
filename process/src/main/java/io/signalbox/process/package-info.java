/**
 * The little that every process shares: settings, life cycle, Kafka clients, the HTTP endpoint and
 * logging.
 */
@NullMarked
package io.signalbox.process;

import org.jspecify.annotations.NullMarked;
