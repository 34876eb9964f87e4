/** What templates of the operator's own are told: services, servers and keys, as values. */
@org.jspecify.annotations.NullMarked
package io.signalbox.applier.core.template;
