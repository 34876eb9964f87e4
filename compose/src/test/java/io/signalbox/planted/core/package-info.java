/** Cores with faults that the architecture rules must find; nothing else uses them. */
@org.jspecify.annotations.NullMarked
package io.signalbox.planted.core;
