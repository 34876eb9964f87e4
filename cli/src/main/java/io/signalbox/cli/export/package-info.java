/** {@code signalbox export}: files of any kind from the services of a group. */
@org.jspecify.annotations.NullMarked
package io.signalbox.cli.export;
