/** What is to be done to a file, as values. */
@org.jspecify.annotations.NullMarked
package io.signalbox.cli.export.core;
