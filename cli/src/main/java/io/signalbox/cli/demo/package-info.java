/**
 * {@code signalbox demo}: everything embedded, containers that come and go, and a load that counts
 * losses.
 */
@NullMarked
package io.signalbox.cli.demo;

import org.jspecify.annotations.NullMarked;
