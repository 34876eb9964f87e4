package io.signalbox;

import io.signalbox.cli.load.HttpConnection;
import io.signalbox.cli.load.HttpConnection.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what clients get with what Docker says, through nothing but the docker command and HTTP
 * requests. Containers of one test carry a label of their own.
 */
final class Judge {
    private static final String LABEL = "io.signalbox.test";
    private static final String IMAGE = "signalbox/sample:1";
    private static final Pattern ANSWERED_BY = Pattern.compile("\"host\"\\s*:\\s*\"(\\w+)\"");
    private static final int REQUESTS = 16;
    private static final int TIMEOUT_MS = 5_000;
    private static final String NOT_FOUND = "404";
    private static final String UNAVAILABLE = "503";

    private final InetSocketAddress proxy;
    private final String run;
    private final Set<String> hosts = new TreeSet<>();

    /**
     * A judge of one test's containers.
     *
     * @param run the value of their label
     */
    Judge(InetSocketAddress proxy, String run) {
        this.proxy = proxy;
        this.run = run;
    }

    /** Starts a container that is to be reached by that host name; its id. */
    String startContainer(String host) throws Exception {
        hosts.add(host);
        return Shell.outputOf(
                "docker",
                "run",
                "--detach",
                "--label",
                LABEL + "=" + run,
                "--label",
                "signalbox.host=" + host,
                "--label",
                "signalbox.service=" + host.replace('.', '-'),
                IMAGE);
    }

    /** Ids of the test's containers with that host name, newest first. */
    List<String> running(String host) throws Exception {
        return list("--filter", "label=signalbox.host=" + host, "--filter", "status=running");
    }

    /**
     * What a client must get from each host name that ever was, in the words of {@link #served}.
     */
    Map<String, Set<String>> wanted() throws Exception {
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (String host : hosts) {
            Set<String> answers = new TreeSet<>();
            for (String id : running(host)) {
                answers.add(id.substring(0, 12));
            }
            if (answers.isEmpty()) {
                boolean known =
                        !list("--all", "--filter", "label=signalbox.host=" + host).isEmpty();
                answers.add(known ? UNAVAILABLE : NOT_FOUND);
            }
            wanted.put(host, answers);
        }
        return wanted;
    }

    /** By host name: the containers that answer, and every status that is not 200. */
    Map<String, Set<String>> served() {
        Map<String, Set<String>> served = new TreeMap<>();
        for (String host : hosts) {
            Set<String> answers = new TreeSet<>();
            for (int i = 0; i < REQUESTS; i++) {
                answers.add(answer(host));
            }
            served.put(host, answers);
        }
        return served;
    }

    /** Removes all containers of the test. */
    void removeContainers() throws Exception {
        List<String> all = list("--all");
        if (!all.isEmpty()) {
            List<String> command = new ArrayList<>(List.of("docker", "rm", "--force"));
            command.addAll(all);
            Shell.outputOf(command.toArray(String[]::new));
        }
    }

    private List<String> list(String... filters) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "docker",
                                "ps",
                                "--no-trunc",
                                "--quiet",
                                "--filter",
                                "label=" + LABEL + "=" + run));
        command.addAll(List.of(filters));
        return Shell.outputOf(command.toArray(String[]::new))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private String answer(String host) {
        try (HttpConnection connection = new HttpConnection(proxy, TIMEOUT_MS)) {
            Response response = connection.send("GET", host, "/", false);
            Matcher matcher = ANSWERED_BY.matcher(response.body());
            return response.status() == 200 && matcher.find()
                    ? matcher.group(1)
                    : Integer.toString(response.status());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
