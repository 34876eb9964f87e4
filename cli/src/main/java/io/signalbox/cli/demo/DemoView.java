package io.signalbox.cli.demo;

import io.signalbox.cli.demo.DemoLog.Change;
import io.signalbox.cli.load.LoadTally;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * The live view: drawn over itself on a terminal, one line for each change elsewhere. Used by one
 * thread.
 */
final class DemoView {

    private static final int SHOWN_CHANGES = 12;

    private final PrintStream out;
    private final boolean terminal;
    private final long begunNanos = System.nanoTime();
    private int drawnLines;
    private int printedChanges;
    private long lastAnswered;
    private long lastNanos = begunNanos;

    DemoView(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void draw(Map<String, Integer> services, LoadTally tally, DemoLog log) {
        if (!terminal) {
            for (Change change : log.last(log.count() - printedChanges)) {
                out.println(change.line());
                printedChanges++;
            }
            return;
        }
        long now = System.nanoTime();
        double rate = (tally.answered() - lastAnswered) / ((now - lastNanos) / 1e9);
        lastAnswered = tally.answered();
        lastNanos = now;
        StringBuilder page = new StringBuilder();
        if (drawnLines > 0) {
            page.append("\u001b[").append(drawnLines).append('A');
        }
        int lines = 0;
        double seconds = (now - begunNanos) / 1e9;
        lines +=
                line(
                        page,
                        String.format(
                                "Signalbox demo   %3.0f s   Ctrl-C ends it and cleans up",
                                seconds));
        lines += line(page, "");
        lines += line(page, "services   " + describe(services));
        lines += line(page, requests(tally, rate));
        lines += line(page, changes(log));
        lines += line(page, "");
        lines += line(page, "   #  change                              event to HAProxy, how");
        List<Change> last = log.last(SHOWN_CHANGES);
        for (int i = 0; i < SHOWN_CHANGES; i++) {
            lines += line(page, i < last.size() ? last.get(i).line() : "");
        }
        drawnLines = lines;
        out.print(page);
        out.flush();
    }

    void summary(LoadTally tally, DemoLog log) {
        out.printf(
                "%n%d changes in %.0f s: from Docker's event to HAProxy p50 %.1f ms, p90 %.1f ms, max %.1f ms; %d by reload%n",
                log.count(),
                (System.nanoTime() - begunNanos) / 1e9,
                log.quantileMs(0.5),
                log.quantileMs(0.9),
                log.quantileMs(1),
                log.reloads());
        out.printf("%,d requests answered, %,d failed%n", tally.answered(), tally.failed());
        tally.failures().forEach(failure -> out.println("  failed: " + failure));
        out.flush();
    }

    private static String requests(LoadTally tally, double rate) {
        return String.format(
                "requests   %,d answered (%,.0f/s)   %,d failed   slowest %.0f ms",
                tally.answered(), rate, tally.failed(), tally.slowestMs());
    }

    private static String changes(DemoLog log) {
        return String.format(
                "changes    %d   p50 %.1f ms   max %.1f ms   reloads %d",
                log.count(), log.quantileMs(0.5), log.quantileMs(1), log.reloads());
    }

    private static int line(StringBuilder page, String text) {
        page.append(text).append("\u001b[K\n");
        return 1;
    }

    private static String describe(Map<String, Integer> services) {
        StringBuilder text = new StringBuilder();
        services.forEach(
                (name, servers) ->
                        text.append(name).append(' ').append("▮".repeat(servers)).append("  "));
        return text.toString();
    }
}
