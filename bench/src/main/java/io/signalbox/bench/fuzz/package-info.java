/** Labels of every kind, followed on their way to the text of a configuration. */
@NullMarked
package io.signalbox.bench.fuzz;

import org.jspecify.annotations.NullMarked;
