package io.signalbox.haproxy;

/**
 * One server of a backend, as it stands in a file or is added at run time: both ways give the same
 * server.
 *
 * @param id unique in its backend, for as long as the server exists
 * @param weight 0 to 256
 */
public record Server(
        Identifier name,
        ServerAddress address,
        int id,
        int weight,
        CheckSettings check,
        ServerSettings settings) {

    /** A server of which no more is said. */
    public Server(Identifier name, ServerAddress address, int id, int weight, CheckSettings check) {
        this(name, address, id, weight, check, ServerSettings.NONE);
    }

    public Server {
        FrameSettings.checkRange("server id", id, 1, Integer.MAX_VALUE);
        FrameSettings.checkRange("weight", weight, 0, 256);
    }

    /** The same elsewhere. */
    public Server at(ServerAddress elsewhere) {
        return new Server(name, elsewhere, id, weight, check, settings);
    }

    /** What is said after name and address, separated by spaces. */
    String options(Capabilities capabilities) {
        var text = new StringBuilder("id " + id + " weight " + weight);
        if (check.enabled()) {
            text.append(" check inter ")
                    .append(Timeouts.text("check interval", check.interval()))
                    .append(" fall ")
                    .append(check.fall())
                    .append(" rise ")
                    .append(check.rise());
        }
        text.append(settings.words());
        if (capabilities.poolKeywordsNeeded()) {
            text.append(" pool-max-conn -1 pool-purge-delay 1s");
        }
        return text.toString();
    }
}
