/** What is wanted, what a worker holds, and the way from one to the other, as values. */
@NullMarked
package io.signalbox.applier.core.plan;

import org.jspecify.annotations.NullMarked;
