/**
 * Between the plain values of the log and Avro: bindings, the frozen schemas, Confluent's
 * serializer and the cache of schema ids. The only place that names Avro classes.
 */
@NullMarked
package io.signalbox.schemas.codec;

import org.jspecify.annotations.NullMarked;
