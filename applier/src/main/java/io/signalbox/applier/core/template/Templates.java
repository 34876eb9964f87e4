package io.signalbox.applier.core.template;

/** Carries out templates. The same template with the same data gives the same text. */
@FunctionalInterface
public interface Templates {
    /**
     * The text that the template gives.
     *
     * @param name what the template is called in messages
     * @throws TemplateFailed if it is wrong or asks for what is not there
     */
    String render(String name, String template, TemplateData data) throws TemplateFailed;
}
