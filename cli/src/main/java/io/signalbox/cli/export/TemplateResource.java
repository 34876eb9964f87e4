package io.signalbox.cli.export;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One file that is made from one template.
 *
 * @param template the template's file
 * @param destination the file that it becomes
 * @param mode its permissions; empty for those that it has, else 0644
 * @param owner its owner, name or number; null for the one that it has, else who runs this
 * @param group its group, likewise
 * @param check a shell command that says by its exit code whether the staged file may be used; null
 *     for none
 * @param reload a shell command that tells whoever reads the file; null for none
 * @param prefix what the template's keys lie below
 * @param keys which of the keys below the prefix the template sees
 */
public record TemplateResource(
        Path template,
        Path destination,
        OptionalInt mode,
        @Nullable String owner,
        @Nullable String group,
        @Nullable String check,
        @Nullable String reload,
        String prefix,
        List<String> keys) {

    public TemplateResource {
        keys = List.copyOf(keys);
    }
}
