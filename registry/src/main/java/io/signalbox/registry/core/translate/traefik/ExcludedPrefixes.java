package io.signalbox.registry.core.translate.traefik;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The regular expression of all paths that begin with some characters and do not begin with others,
 * which needs no look-ahead: behind what they share, a path differs from each of the others
 * somewhere, or ends before it does.
 */
final class ExcludedPrefixes {
    private static final String SETTABLE = "_.~!$'()*+,;=:@/%";

    private ExcludedPrefixes() {}

    /** A place in the tree of what is excluded; without branches it is an excluded prefix's end. */
    private record Node(Map<Character, Node> next) {
        Node() {
            this(new TreeMap<>());
        }
    }

    /**
     * The expression.
     *
     * @param beginning what the paths begin with
     * @param excluded prefixes that begin so too, and are longer
     */
    static String regex(String beginning, List<String> excluded) throws RuleProblem {
        TreeSet<String> shortest = new TreeSet<>(excluded);
        shortest.removeIf(
                one -> excluded.stream().anyMatch(o -> !o.equals(one) && one.startsWith(o)));
        Node tree = new Node();
        for (String one : shortest) {
            Node node = tree;
            for (char c : one.substring(beginning.length()).toCharArray()) {
                node = node.next().computeIfAbsent(c, _ -> new Node());
            }
        }
        String begin = GoRegex.quoted(beginning);
        return begin + "(" + different(tree) + ").*|" + begin + ended(tree);
    }

    private static String different(Node node) throws RuleProblem {
        StringBuilder regex = new StringBuilder("[^");
        boolean dash = false;
        for (char c : node.next().keySet()) {
            boolean letter = Character.isLetterOrDigit(c) && c < 0x7f;
            if (c == '-') {
                dash = true;
            } else if (letter || SETTABLE.indexOf(c) >= 0) {
                regex.append(c);
            } else {
                throw new RuleProblem("a path that is excluded has letters, digits and ._~!:@%/-");
            }
        }
        regex.append(dash ? "-]" : "]");
        for (Map.Entry<Character, Node> branch : node.next().entrySet()) {
            if (!branch.getValue().next().isEmpty()) {
                regex.append('|').append(GoRegex.quoted(branch.getKey().toString()));
                String rest = different(branch.getValue());
                regex.append(rest.indexOf('|') < 0 ? rest : "(" + rest + ")");
            }
        }
        return regex.toString();
    }

    /** What may stand behind the beginning of paths that end before they differ. */
    private static String ended(Node node) {
        StringBuilder regex = new StringBuilder();
        for (Map.Entry<Character, Node> branch : node.next().entrySet()) {
            if (!branch.getValue().next().isEmpty()) {
                regex.append(regex.isEmpty() ? "" : "|")
                        .append(GoRegex.quoted(branch.getKey().toString()))
                        .append(ended(branch.getValue()));
            }
        }
        return regex.isEmpty() ? "" : "(" + regex + ")?";
    }
}
