package io.signalbox.applier.core.template;

/**
 * A template cannot be carried out: it is wrong, or asks for what is not there. The message is one
 * line for people that names template, line and reason.
 */
public final class TemplateFailed extends Exception {
    /** With that message. */
    public TemplateFailed(String message) {
        super(message);
    }
}
