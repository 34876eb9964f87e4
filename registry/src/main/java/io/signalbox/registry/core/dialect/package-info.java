/**
 * Dialects: what a container's labels and environment declare, as values or as named rejections.
 */
@NullMarked
package io.signalbox.registry.core.dialect;

import org.jspecify.annotations.NullMarked;
