/** What a watcher decides, as a pure state machine: what it hears in, what is to be done out. */
@org.jspecify.annotations.NullMarked
package io.signalbox.watcher.core;
