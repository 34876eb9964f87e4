package io.signalbox.cli.export;

import io.signalbox.applier.Command;
import io.signalbox.applier.core.template.TemplateData;
import io.signalbox.applier.core.template.TemplateFailed;
import io.signalbox.applier.core.template.Templates;
import io.signalbox.cli.export.core.ExportPlan;
import io.signalbox.cli.export.core.FileFacts;
import io.signalbox.cli.export.core.UnifiedDiff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one file of one template: renders, stages beside the file, compares, checks, swaps, and has
 * its reader told. Whatever fails leaves the file as it was, but for a reload that fails: the file
 * is right then, and a mark beside it says that the reload is due, also to the next process. One
 * thread.
 */
final class FileExport {
    private static final Logger log = LoggerFactory.getLogger(FileExport.class);
    private static final Pattern SOURCE = Pattern.compile("\\{\\{\\s*\\.?src\\s*}}");
    private static final int LONGEST_OUTPUT = 500;

    private final TemplateResource resource;
    private final Templates templates;
    private final Duration deadline;
    private final boolean keepStaged;

    FileExport(
            TemplateResource resource, Templates templates, Duration deadline, boolean keepStaged) {
        this.resource = resource;
        this.templates = templates;
        this.deadline = deadline;
        this.keepStaged = keepStaged;
    }

    /** What it is about. */
    TemplateResource resource() {
        return resource;
    }

    /**
     * Sees to it that the file is what the template makes of the data.
     *
     * @throws ExportFailed if it is not now, or its reader does not know
     */
    void run(TemplateData data) throws ExportFailed, InterruptedException {
        String text = rendered(data);
        try {
            StagedFile staged = StagedFile.of(resource);
            FileFacts standing = staged.standing();
            FileFacts wanted = staged.write(text, standing);
            try {
                boolean due = resource.reload() != null && staged.isReloadDue();
                switch (ExportPlan.of(standing, wanted, due)) {
                    case ExportPlan.Nothing _ -> {}
                    case ExportPlan.Reload _ -> reload(staged);
                    case ExportPlan.Replace(String why) -> replace(staged, why);
                }
            } finally {
                if (!keepStaged) {
                    staged.remove();
                }
            }
        } catch (IOException e) {
            throw new ExportFailed(resource.destination() + " cannot be written: " + words(e));
        }
    }

    /** How the file differs from what it would become; changes nothing. */
    List<String> difference(TemplateData data) throws ExportFailed {
        String text = rendered(data);
        try {
            FileFacts standing = StagedFile.of(resource).standing();
            String name = resource.destination().toString();
            String before =
                    standing == null
                            ? ""
                            : new String(
                                    standing.content().getBytes(StandardCharsets.ISO_8859_1),
                                    StandardCharsets.UTF_8);
            return UnifiedDiff.of(standing == null ? "/dev/null" : name, before, name, text);
        } catch (IOException e) {
            throw new ExportFailed(resource.destination() + " cannot be read: " + words(e));
        }
    }

    private String rendered(TemplateData data) throws ExportFailed {
        try {
            String template = Files.readString(resource.template());
            return templates.render(
                    resource.template().toString(),
                    template,
                    data.withKeys(data.keys().below(resource.prefix(), resource.keys())));
        } catch (TemplateFailed e) {
            throw new ExportFailed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ExportFailed(resource.template() + " cannot be read: " + words(e));
        }
    }

    private void replace(StagedFile staged, String why)
            throws IOException, ExportFailed, InterruptedException {
        check(staged);
        if (resource.reload() != null) {
            staged.markReloadDue();
        }
        staged.swap();
        log.atInfo()
                .addKeyValue("file", resource.destination())
                .addKeyValue("differed", why)
                .log("written");
        reload(staged);
    }

    private void check(StagedFile staged) throws ExportFailed, InterruptedException {
        String check = resource.check();
        if (check != null) {
            String quoted = "'" + staged.path().toString().replace("'", "'\\''") + "'";
            command(
                    SOURCE.matcher(check).replaceAll(Matcher.quoteReplacement(quoted)),
                    "the check refuses what " + resource.template() + " makes; it stays as it was");
        }
    }

    private void reload(StagedFile staged) throws IOException, ExportFailed, InterruptedException {
        String reload = resource.reload();
        if (reload != null) {
            command(reload, "it is written, but the reload failed and is due");
            staged.reloaded();
            log.atInfo()
                    .addKeyValue("file", resource.destination())
                    .addKeyValue("command", reload)
                    .log("reloaded");
        }
    }

    private void command(String command, String failure) throws ExportFailed, InterruptedException {
        String problem = problem(command);
        if (problem != null) {
            throw new ExportFailed(
                    "%s: %s: '%s' %s".formatted(resource.destination(), failure, command, problem));
        }
    }

    private @Nullable String problem(String command) throws InterruptedException {
        try {
            Command.Ended ended = Command.run(List.of("/bin/sh", "-c", command), deadline);
            String said = ended.output().strip().replaceAll("\\s+", " ");
            return ended.exitCode() == 0
                    ? null
                    : "ended with %d: %s".formatted(ended.exitCode(), shortened(said));
        } catch (IOException e) {
            return "did not run: " + e.getMessage();
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_OUTPUT ? text.substring(0, LONGEST_OUTPUT) + "…" : text;
    }

    private static String words(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
