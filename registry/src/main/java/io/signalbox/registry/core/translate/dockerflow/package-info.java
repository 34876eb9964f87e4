/**
 * Docker Flow Proxy's labels, {@code com.df.*}, and the parameters of its calls, in native labels.
 */
@NullMarked
package io.signalbox.registry.core.translate.dockerflow;

import org.jspecify.annotations.NullMarked;
