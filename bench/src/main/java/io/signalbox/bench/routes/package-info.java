/** What routes cost HAProxy. */
@NullMarked
package io.signalbox.bench.routes;

import org.jspecify.annotations.NullMarked;
