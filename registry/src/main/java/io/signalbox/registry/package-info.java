/** The registry: folds facts into service state, judges who is alive, and answers questions. */
@NullMarked
package io.signalbox.registry;

import org.jspecify.annotations.NullMarked;
