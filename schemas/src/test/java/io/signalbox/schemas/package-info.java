/** Tests of the records, the keys and the topic catalogue. */
@NullMarked
package io.signalbox.schemas;

import org.jspecify.annotations.NullMarked;
