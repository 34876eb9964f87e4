@NullMarked
package io.signalbox.cli.replay;

import org.jspecify.annotations.NullMarked;
