/**
 * Doors: how others than watchers write facts, by HTTP. Each is a setting: closed, by token, or
 * open to named networks on a port of its own. {@link io.signalbox.registry.doors.Door} lets in,
 * {@link io.signalbox.registry.doors.Desk} decides, writes and waits; what is decided is pure, in
 * {@code core.doors}.
 */
@NullMarked
package io.signalbox.registry.doors;

import org.jspecify.annotations.NullMarked;
