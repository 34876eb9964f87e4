/** The whole of Signalbox on one seeded scheduler with virtual time, under faults. */
@NullMarked
package io.signalbox.bench.simulation;

import org.jspecify.annotations.NullMarked;
