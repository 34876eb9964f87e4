/** Cosmonaut's variables in native labels. */
@NullMarked
package io.signalbox.registry.core.translate.cosmonaut;

import org.jspecify.annotations.NullMarked;
