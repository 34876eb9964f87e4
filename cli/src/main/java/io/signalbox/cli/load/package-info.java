/** An HTTP load of our own: open loop, kept and new connections, every failure counted. */
@NullMarked
package io.signalbox.cli.load;

import org.jspecify.annotations.NullMarked;
