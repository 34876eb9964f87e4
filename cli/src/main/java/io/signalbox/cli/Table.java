package io.signalbox.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns; not thread-safe. */
final class Table {

    private final List<String[]> rows = new ArrayList<>();
    private final int[] widths;

    Table(String... heads) {
        widths = new int[heads.length];
        row(heads);
    }

    void row(String... cells) {
        if (cells.length != widths.length) {
            throw new IllegalArgumentException(
                    "a row has " + widths.length + " cells, not " + cells.length);
        }
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].length());
        }
        rows.add(cells);
    }

    void print(PrintStream out) {
        lines().forEach(out::println);
    }

    /** The rows as they are printed. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(
                        i == row.length - 1
                                ? row[i]
                                : String.format("%-" + (widths[i] + 2) + "s", row[i]));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
