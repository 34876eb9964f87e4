package io.signalbox.haproxy;

import io.signalbox.haproxy.CertificateCommand.SetCertificate;
import io.signalbox.haproxy.RuntimeCommand.AddMapEntries;
import io.signalbox.haproxy.RuntimeCommand.DeleteServer;
import io.signalbox.haproxy.RuntimeCommand.WaitRemovable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that are sent as one line and answered on one connection.
 *
 * <p>A command with a payload has a line of its own, and {@code del server} only shares one with
 * its like: 2.6 does not end that answer with an empty line, so what follows could not be told from
 * it.
 */
public record RuntimeLine(List<RuntimeCommand> commands) {

    private static final String SEPARATOR = "; ";

    public RuntimeLine {
        commands = List.copyOf(commands);
        if (commands.isEmpty()) {
            throw new IllegalValue("line", "must have a command", "");
        }
        for (var i = 1; i < commands.size(); i++) {
            if (!fit(commands.get(i - 1), commands.get(i))) {
                throw new IllegalValue(
                        "line", "must have commands that fit", commands.get(i).text());
            }
        }
    }

    /** Spreads commands over as few lines as their order and HAProxy's limit allow. */
    public static List<RuntimeLine> join(
            List<? extends RuntimeCommand> commands, Capabilities capabilities) {
        var lines = new ArrayList<RuntimeLine>();
        var open = new ArrayList<RuntimeCommand>();
        var bytes = 0;
        for (var command : commands) {
            var size = command.text().length() + SEPARATOR.length();
            var full = bytes + size > capabilities.lineBytes();
            if (!open.isEmpty() && (full || !fit(open.getLast(), command))) {
                lines.add(new RuntimeLine(open));
                open.clear();
                bytes = 0;
            }
            open.add(command);
            bytes += size;
        }
        if (!open.isEmpty()) {
            lines.add(new RuntimeLine(open));
        }
        return List.copyOf(lines);
    }

    private static boolean fit(RuntimeCommand one, RuntimeCommand next) {
        return !hasPayload(one)
                && !hasPayload(next)
                && one instanceof DeleteServer == next instanceof DeleteServer;
    }

    private static boolean hasPayload(RuntimeCommand command) {
        return command instanceof AddMapEntries || command instanceof SetCertificate;
    }

    /**
     * Whether a command of it waits for something: HAProxy gives up waiting at once when whoever
     * asked has ended its side of the connection.
     */
    public boolean waits() {
        return commands.stream().anyMatch(WaitRemovable.class::isInstance);
    }

    /** The bytes to send, the line end included. */
    public byte[] bytes() {
        return (String.join(SEPARATOR, commands.stream().map(RuntimeCommand::text).toList()) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What the whole answer means for each command, in their order. Where the answer does not fall
     * apart into as many as there are commands, those without one are {@link Reply.Unknown}.
     */
    public List<Reply> check(String answer) {
        var answers = split(answer);
        var replies = new ArrayList<Reply>();
        for (var i = 0; i < commands.size(); i++) {
            replies.add(
                    i < answers.size()
                            ? commands.get(i).check(answers.get(i))
                            : new Reply.Unknown("no answer"));
        }
        return List.copyOf(replies);
    }

    private List<String> split(String answer) {
        if (commands.size() == 1) {
            return List.of(answer);
        }
        return commands.getFirst() instanceof DeleteServer
                ? answer.lines().filter(line -> !line.isBlank()).toList()
                : splitAtEmptyLines(answer);
    }

    /**
     * Every answer ends with an empty line, but "No such backend." to {@code add server} in 2.6.
     */
    private List<String> splitAtEmptyLines(String answer) {
        var answers = new ArrayList<String>();
        var open = new StringBuilder();
        var lines = answer.lines().toList();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            open.append(line).append('\n');
            var unended =
                    line.equals("No such backend.")
                            && i + 1 < lines.size()
                            && !lines.get(i + 1).isEmpty();
            if (line.isEmpty() || unended) {
                answers.add(open.toString());
                open.setLength(0);
            }
        }
        if (!open.isEmpty()) {
            answers.add(open.toString());
        }
        return answers;
    }
}
