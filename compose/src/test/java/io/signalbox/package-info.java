/** Rules that hold over all modules. */
@org.jspecify.annotations.NullMarked
package io.signalbox;
