/** What the registry decides, as pure functions of what it read. */
@NullMarked
package io.signalbox.registry.core;

import org.jspecify.annotations.NullMarked;
