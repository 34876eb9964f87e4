package io.signalbox.planted;

import org.apache.avro.Schema;

/** Names Avro outside of schemas. */
public record NamesAvro(Schema schema) {}
