/** Everything that an applier decides, and in which order; its sides to the world are ports. */
@NullMarked
package io.signalbox.applier.core;

import org.jspecify.annotations.NullMarked;
