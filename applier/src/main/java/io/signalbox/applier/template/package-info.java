/** Carries out templates of the operator's own by the library Pebble. */
@org.jspecify.annotations.NullMarked
package io.signalbox.applier.template;
