/**
 * The variables of dockercloud-haproxy (tutum/haproxy), {@code VIRTUAL_HOST} and its family, in
 * native labels.
 */
@NullMarked
package io.signalbox.registry.core.translate.dockercloud;

import org.jspecify.annotations.NullMarked;
