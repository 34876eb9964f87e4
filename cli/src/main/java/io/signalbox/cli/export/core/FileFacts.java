package io.signalbox.cli.export.core;

/**
 * What counts of a file when it is compared.
 *
 * @param content as text of one byte for each character
 * @param mode its permissions as in {@code 0644}
 * @param uid its owner's number
 * @param gid its group's number
 */
public record FileFacts(String content, int mode, int uid, int gid) {

    /** The permissions in octal, four digits. */
    public String octalMode() {
        return "%04o".formatted(mode);
    }
}
