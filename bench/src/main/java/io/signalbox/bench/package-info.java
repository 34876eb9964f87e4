/** Benchmarks: every figure in the documentation comes from a command of this module. */
@NullMarked
package io.signalbox.bench;

import org.jspecify.annotations.NullMarked;
