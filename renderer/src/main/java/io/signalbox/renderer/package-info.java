/** The renderer process: reads state and definitions, writes each owned group's configuration. */
@NullMarked
package io.signalbox.renderer;

import org.jspecify.annotations.NullMarked;
