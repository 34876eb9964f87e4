/**
 * The replay check: folds the facts and renders the configurations again, with the very cores of
 * registry and renderer, and compares with what they once wrote. Only reads. {@link
 * io.signalbox.cli.replay.Replay} says how.
 */
@NullMarked
package io.signalbox.cli.replay;

import org.jspecify.annotations.NullMarked;
