package io.signalbox.watcher.lists;

import io.signalbox.process.ProcessRuntime;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Event;
import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.Input;
import io.signalbox.watcher.core.lists.ListedPictures;
import io.signalbox.watcher.core.lists.ListedService;
import io.signalbox.watcher.core.lists.ListedService.Lookup;
import io.signalbox.watcher.core.lists.Origin;
import io.signalbox.watcher.core.lists.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources {@code file} and {@code dns}: what static files list is shown as it stands, and what
 * the DNS names in them lead to as it is looked up. Where nothing is set both show that they have
 * nothing. Safe for all threads.
 */
public final class ListedSources implements AutoCloseable {
    /** What these sources are called in the log. */
    public static final List<String> NAMES = List.of(Event.FILE, Event.DNS);

    private static final Logger log = LoggerFactory.getLogger(ListedSources.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final List<ListedService> alone;
    private final ListedPictures ofFiles;
    private final ListedPictures ofNames;
    private final Consumer<Input> inbox;
    private final StaticFiles files;
    private final DnsNames names;
    private final Map<String, Input.Shown> told = new HashMap<>();
    private List<ListedService> services = List.of();
    private boolean complete;

    /**
     * What the sources are made of.
     *
     * @param host the watcher's host id
     * @param files files and folders with static files
     * @param names services that are one DNS name each
     * @param nameservers asked where an entry names none; the system's where empty
     * @param every the pause between two look-ups of a name
     */
    public record Settings(
            String host,
            List<Path> files,
            List<ListedService> names,
            List<Place> nameservers,
            Duration every) {

        public Settings {
            files = List.copyOf(files);
            names = List.copyOf(names);
            nameservers = List.copyOf(nameservers);
        }
    }

    /** Begins to look; the first input goes to the inbox before this returns. */
    public static ListedSources start(
            Settings settings, AllowList labels, Consumer<Input> inbox, ProcessRuntime runtime) {
        ListedSources sources =
                runtime.closing("lists", new ListedSources(settings, labels, inbox));
        sources.files.begin();
        if (!settings.files().isEmpty()) {
            runtime.run("files", _ -> sources.files.run());
        }
        runtime.metrics()
                .gauge(
                        "files.broken",
                        "Static files and folders that cannot be used; what they said stays.",
                        sources.files::broken);
        runtime.metrics()
                .gauge(
                        "dns.failing",
                        "DNS names without an answer; their known addresses stay.",
                        sources.names::failing);
        return sources;
    }

    private ListedSources(Settings settings, AllowList labels, Consumer<Input> inbox) {
        this.alone = settings.names();
        this.ofFiles = new ListedPictures(settings.host(), Event.FILE);
        this.ofNames = new ListedPictures(settings.host(), Event.DNS);
        this.inbox = inbox;
        DnsClient client = new DnsClient(settings.nameservers(), PATIENCE);
        this.names = new DnsNames(client::lookUp, settings.every(), this::showNames);
        this.files = new StaticFiles(settings.files(), labels, this::listed);
    }

    /**
     * The service of one DNS name that gets every request.
     *
     * @param target {@code name:port}
     * @param setting where it is said
     * @return empty where it is none
     */
    public static Optional<ListedService> everything(String target, String setting) {
        return ListedFile.alone(target, new Origin(setting, 0));
    }

    private synchronized void listed(List<ListedService> said, boolean all) {
        List<ListedService> everything = new ArrayList<>(said);
        everything.addAll(alone);
        services = List.copyOf(everything);
        complete = all;
        Set<Lookup> lookups = new HashSet<>();
        services.forEach(service -> service.names().forEach(name -> lookups.add(name.lookup())));
        names.follow(lookups);
        showFiles();
        showNames();
    }

    private synchronized void showFiles() {
        Map<String, Container> pictures = new LinkedHashMap<>();
        for (ListedService service : services) {
            for (ListedService.Server server : service.servers()) {
                Container picture =
                        ofFiles.of(
                                service,
                                server.place(),
                                server.labels(),
                                "static file " + server.origin());
                if (pictures.putIfAbsent(picture.id(), picture) != null) {
                    log.atWarn()
                            .addKeyValue("service", service.name())
                            .addKeyValue("server", server.place())
                            .addKeyValue("file", server.origin())
                            .log("server is listed in another file too; that one counts");
                }
            }
        }
        tell(Event.FILE, pictures, complete);
    }

    private synchronized void showNames() {
        Map<String, Container> pictures = new LinkedHashMap<>();
        for (ListedService service : services) {
            for (ListedService.Name name : service.names()) {
                for (String address : names.addresses(name.lookup())) {
                    Place place = new Place(address, name.port());
                    Container picture = ofNames.of(service, place, service.labels(), from(name));
                    pictures.putIfAbsent(picture.id(), picture);
                }
            }
        }
        tell(Event.DNS, pictures, complete && names.answered());
    }

    private static String from(ListedService.Name name) {
        Origin origin = name.origin();
        return "DNS name " + name.lookup().name() + ", " + origin;
    }

    private void tell(String source, Map<String, Container> pictures, boolean all) {
        Input.Shown now = new Input.Shown(source, List.copyOf(pictures.values()), all);
        if (!now.equals(told.put(source, now))) {
            inbox.accept(now);
        }
    }

    @Override
    public void close() {
        names.close();
    }
}
