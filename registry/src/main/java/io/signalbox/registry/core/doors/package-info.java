/**
 * What the doors decide: who may come in, what a request says, and which facts follow from it. A
 * request is read as a whole before the first fact is written: it is followed altogether, or
 * refused altogether.
 */
@NullMarked
package io.signalbox.registry.core.doors;

import org.jspecify.annotations.NullMarked;
