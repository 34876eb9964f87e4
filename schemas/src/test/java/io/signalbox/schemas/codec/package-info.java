/** Tests of the bindings, the frozen schemas and the codecs. */
@NullMarked
package io.signalbox.schemas.codec;

import org.jspecify.annotations.NullMarked;
