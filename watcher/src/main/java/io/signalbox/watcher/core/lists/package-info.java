/** What static files list and DNS names lead to, as values and pictures. */
@org.jspecify.annotations.NullMarked
package io.signalbox.watcher.core.lists;
