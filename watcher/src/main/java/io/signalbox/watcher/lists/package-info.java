/** The sources that show lists: static files and DNS names. */
@org.jspecify.annotations.NullMarked
package io.signalbox.watcher.lists;
