package io.signalbox.applier.core.plan;

/**
 * A server as this applier's HAProxy shall have it.
 *
 * @param name {@code <service>.<first 12 characters of the container id>}
 * @param run what tells one start of the container from another; empty where there is none
 * @param address the chosen one
 * @param proxied whether something may accept connections at the address in the server's stead
 * @param stopping no new requests
 * @param backup requests only while no other server works
 * @param cookie the value of its cookie; empty where it has none of its own
 */
public record WantedServer(
        String name,
        String run,
        String address,
        int port,
        boolean proxied,
        int weight,
        boolean stopping,
        boolean backup,
        String cookie) {

    /** A server that is no backup and has no cookie of its own. */
    public WantedServer(
            String name,
            String run,
            String address,
            int port,
            boolean proxied,
            int weight,
            boolean stopping) {
        this(name, run, address, port, proxied, weight, stopping, false, "");
    }

    /** The same as a backup. */
    public WantedServer asBackup() {
        return new WantedServer(name, run, address, port, proxied, weight, stopping, true, cookie);
    }

    /** The same with that value of its cookie. */
    public WantedServer withCookie(String value) {
        return new WantedServer(name, run, address, port, proxied, weight, stopping, backup, value);
    }

    /** The start of the application that a successful knock was for. */
    public Run key() {
        return new Run(name, run, address, port);
    }

    /** One start of an application at one address: what a knock proves. */
    public record Run(String server, String run, String address, int port) {}
}
