/**
 * Group definitions as operators write them: YAML in, typed values or a list of mistakes out, and
 * back.
 */
@NullMarked
package io.signalbox.cli.group;

import org.jspecify.annotations.NullMarked;
