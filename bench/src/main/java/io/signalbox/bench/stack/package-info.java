/** The Compose file as it is deployed, brought up on a real engine to be measured and tested. */
@NullMarked
package io.signalbox.bench.stack;

import org.jspecify.annotations.NullMarked;
