package io.signalbox.dialects;

import io.signalbox.dialects.Probe.App;
import io.signalbox.dialects.Probe.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example of the page about moving here: a Compose file before and after, and requests.
 *
 * @param from whose section it is in
 */
record Example(String from, List<App> before, List<App> after, List<Step> requests) {
    private static final Pattern SECTION =
            Pattern.compile("(?ms)^### From (.*?)\\n(.*?)(?=^###? |\\z)");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(yaml|sh)\\n(.*?)^```");
    private static final Pattern REQUEST =
            Pattern.compile(
                    "curl (?:-i )?(https?)://([^/ ]+)(/\\S*) +# (\\d+)(?: from ([a-z0-9-]+))?"
                            + "(?:, which sees (\\S+))?");

    /** All examples of a page. */
    static List<Example> of(String page) {
        List<Example> examples = new ArrayList<>();
        for (Matcher section = SECTION.matcher(page); section.find(); ) {
            List<String> files = new ArrayList<>();
            List<Step> requests = new ArrayList<>();
            for (Matcher block = BLOCK.matcher(section.group(2)); block.find(); ) {
                if (block.group(1).equals("yaml")) {
                    files.add(block.group(2));
                } else {
                    block.group(2).lines().forEach(line -> requests.add(request(line)));
                }
            }
            examples.add(
                    new Example(
                            section.group(1),
                            ComposeText.apps(files.getFirst()),
                            ComposeText.apps(files.getLast()),
                            requests));
        }
        return examples;
    }

    /** A request as people write it, and behind {@code #} what comes of it. */
    static Step request(String line) {
        Matcher matcher = REQUEST.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(line);
        }
        String entryPoint = matcher.group(1).equals("https") ? "websecure" : "web";
        String app = matcher.group(5) == null ? "" : " + body app: " + matcher.group(5);
        String uri = matcher.group(6) == null ? "" : " + body uri: " + matcher.group(6);
        return ProbeFile.step(
                "GET "
                        + matcher.group(3)
                        + " + @"
                        + entryPoint
                        + " + Host: "
                        + matcher.group(2)
                        + " -> "
                        + matcher.group(4)
                        + app
                        + uri);
    }

    Probe asItStood(boolean served) {
        return new Probe(from, from, before, served ? requests : List.of(), false);
    }

    Probe rewritten() {
        return new Probe(from, from, after, requests, false);
    }
}
