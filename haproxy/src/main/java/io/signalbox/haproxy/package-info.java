/** The language of HAProxy, pure: values, configuration text, runtime commands, answers. */
@NullMarked
package io.signalbox.haproxy;

import org.jspecify.annotations.NullMarked;
