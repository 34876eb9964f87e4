/**
 * The examination of a deployment: checks that look at one thing each, under a deadline of their
 * own, and findings about what they saw. Only reads. {@link io.signalbox.cli.doctor.Diagnosis} runs
 * them, {@link io.signalbox.cli.doctor.Report} says what was found.
 */
@NullMarked
package io.signalbox.cli.doctor;

import org.jspecify.annotations.NullMarked;
