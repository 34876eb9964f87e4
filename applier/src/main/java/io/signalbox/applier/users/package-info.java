/**
 * The lists of users of one proxy, for basic authentication: read from where the operator puts them
 * and written into HAProxy's configuration, and nowhere else.
 */
@NullMarked
package io.signalbox.applier.users;

import org.jspecify.annotations.NullMarked;
