package io.signalbox.watcher.core.lists;

/**
 * Where an entry is written.
 *
 * @param file the file's path, or the setting's name
 * @param line from 1 on; 0 where there are no lines
 */
public record Origin(String file, int line) {

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
