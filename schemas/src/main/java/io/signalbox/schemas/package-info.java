/**
 * The language of the log: what travels through each topic, as plain values, and the codecs between
 * them and Avro.
 */
@NullMarked
package io.signalbox.schemas;

import org.jspecify.annotations.NullMarked;
