package io.signalbox.cli.group;

import io.signalbox.cli.group.ValueKind.Named;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.HttpsRedirect;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads and writes the entry points of a group definition. One thread. */
final class EntryPointsYaml {

    private static final String KEY = "entry-points";
    private static final String SECTION = KEY + ".*";
    private static final String OFF = "off";
    private static final int HTTPS = 443;

    private final YamlMistakes mistakes;
    private final List<EntryPoint> found = new ArrayList<>();

    private EntryPointsYaml(YamlMistakes mistakes) {
        this.mistakes = mistakes;
    }

    static List<EntryPoint> read(
            @Nullable Node node, List<EntryPoint> otherwise, YamlMistakes mistakes) {
        if (node == null) {
            return otherwise;
        }
        EntryPointsYaml reader = new EntryPointsYaml(mistakes);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(reader::entry);
        }
        if (reader.found.isEmpty()) {
            mistakes.add(
                    node,
                    KEY,
                    "must be a mapping of at least one name to an address, such as http: \":80\"");
            return otherwise;
        }
        return reader.withPorts();
    }

    private void entry(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            mistakes.add(tuple.getKeyNode(), KEY, "must map names to addresses");
            return;
        }
        String name = key.getValue();
        Named names = (Named) GroupKeys.at(KEY).kind();
        if (!names.name().matcher(name).matches()) {
            mistakes.add(key, KEY + "." + name, "the name does not match " + names.name());
            return;
        }
        EntryPoint entry =
                tuple.getValueNode() instanceof ScalarNode address
                        ? address(name, address)
                        : section(name, tuple.getValueNode());
        boolean twice =
                found.stream()
                        .anyMatch(
                                other ->
                                        other.name().equals(name)
                                                || other.listen().equals(entry.listen()));
        if (twice) {
            mistakes.add(key, KEY + "." + name, "the name or the address is given twice");
        }
        found.add(entry);
    }

    private EntryPoint address(String name, ScalarNode address) {
        Optional<Listen> listen = ListenAddress.parse(address.getValue());
        if (listen.isEmpty()) {
            mistakes.add(
                    address,
                    KEY + "." + name,
                    ListenAddress.RULE + ", not '" + address.getValue() + "'");
        }
        return new EntryPoint(name, listen.orElse(nowhere()));
    }

    /** For a mistake: an address that no other has, so that it is not called given twice. */
    private Listen nowhere() {
        return new Listen("?", found.size());
    }

    private EntryPoint section(String name, Node node) {
        YamlMap map = new YamlMap(node, KEY + "." + name, SECTION, mistakes);
        if (node instanceof MappingNode && map.node("listen") == null) {
            mistakes.add(node, map.at("listen"), "is missing");
        }
        Tls tls = tls(map);
        HttpsRedirect redirect = redirect(map);
        if (tls != null && redirect != null) {
            map.mistake("redirect-https", "is for an entry point without tls");
        }
        Tcp tcp = tcp(map, tls);
        return new EntryPoint(
                name,
                map.text("listen").flatMap(ListenAddress::parse).orElse(nowhere()),
                tls,
                redirect,
                map.bool("accept-proxy", false),
                map.texts("trusted-proxies", List.of()),
                tcp);
    }

    /** How connections are led; null where requests are. */
    private static @Nullable Tcp tcp(YamlMap map, @Nullable Tls tls) {
        boolean tcp = map.text("mode", "http").equals("tcp");
        boolean sni = map.bool("sni", false);
        if (!tcp) {
            map.mistake("sni", "is for mode: tcp");
            return null;
        }
        map.mistake("redirect-https", "is for mode: http");
        map.mistake("https-port", "is for mode: http");
        if (tls != null) {
            map.mistake("sni", "is for an entry point without tls, which always has it");
        }
        if (!map.bool("accept-proxy", false)) {
            map.mistake("trusted-proxies", "needs accept-proxy where mode is tcp");
        }
        return sni || tls != null ? Tcp.BY_NAME : Tcp.ALL;
    }

    private static @Nullable Tls tls(YamlMap map) {
        Optional<String> said = map.text("tls");
        String profile = said.orElse(OFF);
        String clientCa = map.text("client-ca", "");
        String certificate = map.text("client-certificate", "required");
        if (map.node("client-ca") == null) {
            map.mistake("client-certificate", "needs client-ca");
        }
        if (profile.equals(OFF)) {
            if (map.node("tls") == null || said.isPresent()) {
                map.mistake("client-ca", "needs tls");
            }
            return null;
        }
        return new Tls(
                TlsProfile.valueOf(profile.toUpperCase(Locale.ROOT)),
                clientCa,
                certificate.equals("optional"));
    }

    /** Where its port is not said it is 0, until all entry points are known. */
    private static @Nullable HttpsRedirect redirect(YamlMap map) {
        String status = map.text("redirect-https", OFF);
        int port = map.integer("https-port", 0);
        if (status.equals(OFF)) {
            map.mistake("https-port", "needs redirect-https");
            return null;
        }
        return new HttpsRedirect(Integer.parseInt(status), port);
    }

    private List<EntryPoint> withPorts() {
        int port =
                found.stream()
                        .filter(entry -> entry.tls() != null)
                        .map(entry -> entry.listen().port())
                        .findFirst()
                        .orElse(HTTPS);
        return found.stream().map(entry -> withPort(entry, port)).toList();
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static EntryPoint withPort(EntryPoint entry, int port) {
        HttpsRedirect redirect = entry.redirect();
        return redirect == null || redirect.port() != 0
                ? entry
                : new EntryPoint(
                        entry.name(),
                        entry.listen(),
                        entry.tls(),
                        new HttpsRedirect(redirect.status(), port),
                        entry.acceptProxy(),
                        entry.trustedProxies(),
                        entry.tcp());
    }

    /** As {@link #read} reads it. */
    static Map<String, Object> write(List<EntryPoint> entries) {
        Map<String, Object> all = new LinkedHashMap<>();
        entries.forEach(entry -> all.put(entry.name(), write(entry)));
        return all;
    }

    private static Object write(EntryPoint entry) {
        String listen = ListenAddress.print(entry.listen());
        if (entry.equals(new EntryPoint(entry.name(), entry.listen()))) {
            return listen;
        }
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("listen", listen);
        Tls tls = entry.tls();
        Tcp tcp = entry.tcp();
        if (tcp != null) {
            section.put("mode", "tcp");
        }
        if (tcp == Tcp.BY_NAME && tls == null) {
            section.put("sni", true);
        }
        if (tls != null) {
            section.put("tls", tls.profile().name().toLowerCase(Locale.ROOT));
            if (!tls.clientCa().isEmpty()) {
                section.put("client-ca", tls.clientCa());
                section.put("client-certificate", tls.clientOptional() ? "optional" : "required");
            }
        }
        HttpsRedirect redirect = entry.redirect();
        if (redirect != null) {
            section.put("redirect-https", redirect.status());
            section.put("https-port", redirect.port());
        }
        if (entry.acceptProxy()) {
            section.put("accept-proxy", true);
        }
        if (!entry.trustedProxies().isEmpty()) {
            section.put("trusted-proxies", entry.trustedProxies());
        }
        return section;
    }
}
