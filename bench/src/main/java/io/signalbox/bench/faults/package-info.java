/**
 * The fault suite: a whole Signalbox of separate processes on an engine of its own, faults injected
 * under load, and a judge that shares no code with what it judges.
 */
@NullMarked
package io.signalbox.bench.faults;

import org.jspecify.annotations.NullMarked;
