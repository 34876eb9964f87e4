/** Sources of facts: what happens on a host's Docker engine becomes records of the log. */
@org.jspecify.annotations.NullMarked
package io.signalbox.watcher;
