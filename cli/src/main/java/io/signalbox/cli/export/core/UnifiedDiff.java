package io.signalbox.cli.export.core;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts as {@code diff -u} shows it. */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;

    /** Beyond so many pairs of lines the whole text counts as replaced. */
    private static final long MOST_PAIRS = 25_000_000;

    private static final String NO_NEWLINE = "\\ No newline at end of file";

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    private UnifiedDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** A line of either text. */
    private record Line(char mark, String text) {}

    /** The lines of the difference, a header included; empty where there is none. */
    public static List<String> of(
            String nameBefore, String before, String nameAfter, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        UnifiedDiff diff = new UnifiedDiff(split(before), split(after));
        diff.compare();
        List<String> all = new ArrayList<>(List.of("--- " + nameBefore, "+++ " + nameAfter));
        all.addAll(diff.hunks());
        return all;
    }

    /** The last line is marked where no line feed ends it. */
    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.removeLast();
        if (!last.isEmpty()) {
            lines.add(last + "\n" + NO_NEWLINE);
        }
        return lines;
    }

    private void compare() {
        int head = 0;
        while (head < Math.min(before.size(), after.size())
                && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        before.subList(0, head).forEach(line -> lines.add(new Line(' ', line)));
        middle(
                before.subList(head, before.size() - tail),
                after.subList(head, after.size() - tail));
        before.subList(before.size() - tail, before.size())
                .forEach(line -> lines.add(new Line(' ', line)));
    }

    /** By the longest common subsequence. */
    private void middle(List<String> old, List<String> now) {
        int[][] common =
                (long) old.size() * now.size() > MOST_PAIRS ? new int[1][1] : common(old, now);
        boolean counted = common.length > old.size();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (counted && i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                lines.add(new Line(' ', old.get(i)));
                i++;
                j++;
            } else if (i < old.size()
                    && (!counted || j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', old.get(i)));
                i++;
            } else {
                lines.add(new Line('+', now.get(j)));
                j++;
            }
        }
    }

    private static int[][] common(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] =
                        old.get(i).equals(now.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private List<String> hunks() {
        List<String> all = new ArrayList<>();
        int next = 0;
        while (next < lines.size()) {
            if (lines.get(next).mark() == ' ') {
                next++;
                continue;
            }
            int from = Math.max(0, next - CONTEXT);
            int end = end(next);
            all.add(header(from, end));
            lines.subList(from, end).forEach(line -> all.add(line.mark() + line.text()));
            next = end;
        }
        return all;
    }

    /** Where the hunk ends that has a change at this line. */
    private int end(int change) {
        int last = change;
        for (int i = change; i < lines.size() && i <= last + 2 * CONTEXT; i++) {
            if (lines.get(i).mark() != ' ') {
                last = i;
            }
        }
        return Math.min(lines.size(), last + 1 + CONTEXT);
    }

    private String header(int from, int end) {
        return "@@ -%s +%s @@".formatted(range(from, end, '+'), range(from, end, '-'));
    }

    private String range(int from, int end, char notOf) {
        long first = lines.subList(0, from).stream().filter(l -> l.mark() != notOf).count();
        long count = lines.subList(from, end).stream().filter(l -> l.mark() != notOf).count();
        return (count == 0 ? first : first + 1) + (count == 1 ? "" : "," + count);
    }
}
