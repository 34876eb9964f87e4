/** What to do to HAProxy, computed as values: what is wanted, what runs, and the plan between. */
@NullMarked
package io.signalbox.applier.core;

import org.jspecify.annotations.NullMarked;
