package io.signalbox.cli.doctor;

import java.util.function.UnaryOperator;

/**
 * The registry's API.
 *
 * @param url where it is
 * @param named whether somebody said so, so that it is to be expected there
 * @param text gets the body of the answer to a path; throws with one line for people
 */
public record ApiSource(String url, boolean named, UnaryOperator<String> text) {}
