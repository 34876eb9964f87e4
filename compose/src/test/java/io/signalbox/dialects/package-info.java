/** What other proxies' words make of real requests: each word of their tables on a real HAProxy. */
@NullMarked
package io.signalbox.dialects;

import org.jspecify.annotations.NullMarked;
