/**
 * The certificates of one proxy: read from where the operator puts them, checked, written for
 * HAProxy, and made live without a reload. Private keys go from file to file and to HAProxy's
 * command socket, and nowhere else.
 */
@NullMarked
package io.signalbox.applier.certificates;

import org.jspecify.annotations.NullMarked;
