/** nginx-proxy's variables, {@code VIRTUAL_HOST} and others, in native labels. */
@NullMarked
package io.signalbox.registry.core.translate.nginxproxy;

import org.jspecify.annotations.NullMarked;
