/**
 * Brings configurations to a running HAProxy, by runtime commands or reload, and says how it went.
 */
@NullMarked
package io.signalbox.applier;

import org.jspecify.annotations.NullMarked;
