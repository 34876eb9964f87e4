/**
 * Labels of Traefik, versions 2 and 3: its rules, routers, services and middlewares in native
 * labels.
 */
@NullMarked
package io.signalbox.registry.core.translate.traefik;

import org.jspecify.annotations.NullMarked;
