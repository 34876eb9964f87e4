/** Configurations as they lie on the disk, and what a worker holds that was started with one. */
@NullMarked
package io.signalbox.applier.core.disk;

import org.jspecify.annotations.NullMarked;
