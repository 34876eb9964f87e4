package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.NetworkMode.Kind;
import io.signalbox.schemas.Container.Protocol;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The port of a container that requests go to. Without {@code .port} it is the only exposed TCP
 * port, else the lowest; ports of other protocols do not count. An explicit port need not be
 * exposed, as Docker does not ask for it either, but one that is exposed for UDP alone is refused.
 */
final class Ports {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final int HIGHEST = 65_535;

    private Ports() {}

    /** The port that a label names. */
    static Parsed<Integer> explicit(Container container, String key, String value) {
        String text = Values.trimmed(value).toLowerCase(Locale.ROOT);
        if (text.endsWith("/udp")) {
            return bad("udp-port", key, value, "only TCP ports are served, not UDP");
        }
        String digits = text.endsWith("/tcp") ? text.substring(0, text.length() - 4) : text;
        if (!NUMBER.matcher(digits).matches()) {
            return bad("bad-port", key, value, "a port is a number from 1 to 65535");
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > HIGHEST) {
            return bad("bad-port", key, value, "a port is a number from 1 to 65535");
        }
        boolean udpOnly =
                exposed(container, Protocol.UDP).contains(port)
                        && !exposed(container, Protocol.TCP).contains(port);
        return udpOnly
                ? bad("udp-port", key, value, "the container exposes this port for UDP only")
                : new Parsed.Good<>(port);
    }

    /** The port where no label names one. */
    static Parsed<Integer> standard(Container container) {
        String key = SignalboxKeys.PREFIX + SignalboxKeys.PORT;
        if (container.networkMode().kind() == Kind.HOST) {
            return bad("no-port", key, "", "a container on the host's network must name its port");
        }
        SortedSet<Integer> tcp = exposed(container, Protocol.TCP);
        if (!tcp.isEmpty()) {
            return new Parsed.Good<>(tcp.first());
        }
        SortedSet<Integer> udp = exposed(container, Protocol.UDP);
        return udp.isEmpty()
                ? bad("no-port", key, "", "the container exposes no TCP port: name one")
                : bad(
                        "udp-port",
                        key,
                        udp.first() + "/udp",
                        "the container exposes UDP ports only");
    }

    private static SortedSet<Integer> exposed(Container container, Protocol protocol) {
        SortedSet<Integer> ports = new TreeSet<>();
        container.exposed().stream()
                .filter(exposed -> exposed.protocol() == protocol)
                .forEach(exposed -> ports.add(exposed.port()));
        container.published().stream()
                .filter(published -> published.protocol() == protocol)
                .forEach(published -> ports.add(published.containerPort()));
        return ports;
    }

    private static Parsed<Integer> bad(String code, String key, String value, String message) {
        return new Parsed.Bad<>(Rejections.of(code, key, value, message));
    }
}
