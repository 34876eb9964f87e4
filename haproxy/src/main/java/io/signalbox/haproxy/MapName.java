package io.signalbox.haproxy;

import java.util.List;

/** The maps that every configuration of ours has; each is a file of that name. */
public enum MapName {
    /** {@link RouteKey} to {@link RouteValue}. */
    ROUTES("routes"),
    /** The numbers of each {@link Split} to service. */
    SPLITS("splits"),
    /** {@link TcpKey} to service; only where an entry point leads connections. */
    TCP("tcp"),
    /** Service to backend. */
    SERVICES("services"),
    /** Service to what {@link OptionsMap} says of it. */
    OPTIONS("options"),
    /**
     * {@code epoch} and {@code generation} to their numbers; likewise of a later manifest that is
     * carried out only as far as commands can.
     */
    VERSION("version");

    /** Key of the epoch in {@link #VERSION}. */
    public static final String EPOCH = "epoch";

    /** Key of the generation in {@link #VERSION}. */
    public static final String GENERATION = "generation";

    /** Key of the epoch that was begun in {@link #VERSION}. */
    public static final String BEGUN_EPOCH = "begun-epoch";

    /** Key of the generation that was begun in {@link #VERSION}. */
    public static final String BEGUN_GENERATION = "begun-generation";

    private final String fileName;

    MapName(String fileName) {
        this.fileName = fileName;
    }

    /** The file's name in the directory of the maps. */
    public String fileName() {
        return fileName;
    }

    /** The map's file, which is also its name in runtime commands. */
    public ConfigPath in(ConfigPath directory) {
        return directory.resolve(fileName);
    }

    /** Whether a frame with these sections reads it. */
    public boolean isReadBy(List<String> sections) {
        return sections.stream().anyMatch(line -> line.contains(placeholder()));
    }

    /** As it stands in a part's text. */
    String placeholder() {
        return Placeholder.MAPS.token() + "/" + fileName;
    }
}
