/**
 * {@code signalbox}, the one command: runs any process, runs them all on an embedded broker, and is
 * the operator's tool.
 */
@NullMarked
package io.signalbox.cli;

import org.jspecify.annotations.NullMarked;
