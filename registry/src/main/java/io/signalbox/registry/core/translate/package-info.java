/**
 * What other systems' labels and variables mean in native labels. Each dialect is one pure class;
 * what it makes is read like labels that were written by hand, so there is one model and one set of
 * rules behind all of them.
 */
@NullMarked
package io.signalbox.registry.core.translate;

import org.jspecify.annotations.NullMarked;
