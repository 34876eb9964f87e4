/** From service state and group definitions to parts and manifests, as values. */
@NullMarked
package io.signalbox.renderer.core;

import org.jspecify.annotations.NullMarked;
