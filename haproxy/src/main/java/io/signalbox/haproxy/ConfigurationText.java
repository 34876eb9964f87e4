package io.signalbox.haproxy;

import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.Configuration.Files;
import io.signalbox.haproxy.Configuration.PlacedServer;
import io.signalbox.haproxy.LocalSettings.LogTarget;
import io.signalbox.schemas.LiveOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Composes the files of a configuration from its parts and what only the machine knows. */
final class ConfigurationText {

    private static final Identifier DEFAULTS = new Identifier("signalbox");
    private static final String FRONTEND = "frontend in_";
    private static final Identifier STATISTICS = new Identifier("statistics");

    private ConfigurationText() {}

    static Files of(Configuration configuration, LocalSettings local, Capabilities capabilities) {
        var text = new ConfigWriter();
        global(text, configuration, local);
        text.section("defaults", DEFAULTS)
                .lines(Placeholder.fill(configuration.frame().defaults(), local));
        // Before the frame's sections, the last of which are the defaults of services.
        local.statistics().ifPresent(address -> statistics(text, address));
        userLists(text, configuration, local);
        // Connections have no options that are looked up, nor the defaults that do it.
        backends(text, configuration, local, capabilities, true);
        text.lines(Placeholder.fill(sections(configuration), local));
        backends(text, configuration, local, capabilities, false);
        return new Files(file(text, configuration), maps(configuration));
    }

    /**
     * The frame's sections with the rules in the place that each frontend keeps for them. The
     * defaults of services begin with those of all: one section that names another would make
     * HAProxy want a name wherever defaults are meant.
     */
    private static List<String> sections(Configuration configuration) {
        var lines = new ArrayList<String>();
        var entryPoint = "";
        for (var line : configuration.frame().sections()) {
            if (line.startsWith(FRONTEND)) {
                entryPoint = line.substring(FRONTEND.length());
            }
            if (line.equals(Placeholder.RULES_LINE)) {
                lines.addAll(RuleText.of(configuration.routes().rules(), entryPoint));
            } else {
                lines.add(line);
            }
            if (OptionsMap.isHeader(line)) {
                lines.addAll(configuration.frame().defaults());
            }
        }
        return lines;
    }

    private static void global(
            ConfigWriter text, Configuration configuration, LocalSettings local) {
        text.section("global")
                .line("stats socket")
                .value(local.runtimeSocket().value())
                .words("mode 600 level admin")
                .line("mworker-max-reloads")
                .value(LocalSettings.OLD_WORKERS)
                .lines(Placeholder.fill(configuration.frame().global(), local));
        if (local.log() == LogTarget.STDOUT) {
            text.line("log stdout len").value(AccessLog.LINE_BYTES).words("format raw local0");
        }
        text.lines(local.operatorGlobal().stream().map(line -> "    " + line).toList());
    }

    private static void statistics(ConfigWriter text, ListenAddress address) {
        text.section("frontend", STATISTICS)
                .line("bind " + address.bindArguments())
                .line("stats enable")
                .line("stats uri /")
                .line("stats refresh 5s");
    }

    /** One that this machine does not have is there too, with nobody in it. */
    private static void userLists(
            ConfigWriter text, Configuration configuration, LocalSettings local) {
        var names = new TreeSet<UserListName>();
        configuration.backends().forEach(backend -> names.addAll(UserListName.in(backend.text())));
        for (var name : names) {
            text.section("userlist", name.section())
                    .lines(
                            BasicAuthentication.lines(
                                    local.userLists().getOrDefault(name, List.of())));
        }
    }

    private static void backends(
            ConfigWriter text,
            Configuration configuration,
            LocalSettings local,
            Capabilities capabilities,
            boolean tcp) {
        for (var backend : configuration.backends()) {
            if (TcpRules.isTcp(backend.text()) == tcp) {
                backend(text, backend, local, capabilities);
            }
        }
        for (var spare : configuration.spares()) {
            if (TcpRules.isTcp(spare.text()) == tcp) {
                text.section("backend", spare.name()).lines(Placeholder.fill(spare.text(), local));
            }
        }
    }

    private static void backend(
            ConfigWriter text, Backend backend, LocalSettings local, Capabilities capabilities) {
        var lines = Placeholder.fill(backend.text(), local);
        UserList.write(text, backend.name(), lines);
        text.section("backend", backend.name()).lines(UserList.without(backend.name(), lines));
        for (var server : backend.servers()) {
            server(text, server, capabilities);
        }
    }

    private static void server(ConfigWriter text, PlacedServer placed, Capabilities capabilities) {
        var server = placed.server();
        text.line(
                "server "
                        + server.name()
                        + " "
                        + server.address()
                        + " "
                        + server.options(capabilities)
                        + (placed.ready() ? "" : " disabled"));
    }

    private static String file(ConfigWriter text, Configuration configuration) {
        var file = new StringBuilder("# Signalbox: epoch ");
        file.append(configuration.epoch())
                .append(", generation ")
                .append(configuration.generation())
                .append('\n');
        for (var line : text.toLines()) {
            var isSection = !line.startsWith(" ");
            file.append(isSection ? "\n" : "").append(line).append('\n');
        }
        return file.toString();
    }

    private static Map<MapName, String> maps(Configuration configuration) {
        var ranked = RouteValue.isRanked(configuration.frame().sections());
        var routes = new StringBuilder();
        configuration.routes().entries(ranked).forEach((key, value) -> entry(routes, key, value));
        var splits = new StringBuilder();
        configuration.routes().splitEntries().forEach((key, value) -> entry(splits, key, value));
        var services = new StringBuilder();
        var backends = new TreeMap<ServiceName, Identifier>();
        configuration.backends().forEach(b -> backends.put(b.service(), b.name()));
        backends.forEach((service, backend) -> entry(services, service.value(), backend.value()));
        var options = new StringBuilder();
        var live = new TreeMap<ServiceName, LiveOptions>();
        configuration.backends().forEach(b -> live.put(b.service(), b.live()));
        live.forEach(
                (service, said) ->
                        OptionsMap.value(said)
                                .ifPresent(value -> entry(options, service.value(), value)));
        var version = new StringBuilder();
        entry(version, MapName.EPOCH, Long.toString(configuration.epoch()));
        entry(version, MapName.GENERATION, Long.toString(configuration.generation()));

        var maps = new EnumMap<MapName, String>(MapName.class);
        maps.put(MapName.ROUTES, routes.toString());
        maps.put(MapName.SPLITS, splits.toString());
        var tcp = new StringBuilder();
        configuration.routes().tcp().forEach((key, service) -> entry(tcp, key, service));
        maps.put(MapName.TCP, tcp.toString());
        maps.put(MapName.SERVICES, services.toString());
        maps.put(MapName.OPTIONS, options.toString());
        maps.put(MapName.VERSION, version.toString());
        return maps;
    }

    private static void entry(StringBuilder map, String key, String value) {
        map.append(key).append(' ').append(value).append('\n');
    }
}
