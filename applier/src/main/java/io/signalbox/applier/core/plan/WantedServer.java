package io.signalbox.applier.core.plan;

/**
 * A server as this applier's HAProxy shall have it.
 *
 * @param name {@code <service>.<first 12 characters of the container id>}
 * @param run what tells one start of the container from another; empty where there is none
 * @param address the chosen one
 * @param proxied whether something may accept connections at the address in the server's stead
 * @param stopping no new requests
 */
public record WantedServer(
        String name,
        String run,
        String address,
        int port,
        boolean proxied,
        int weight,
        boolean stopping) {

    /** The start of the application that a successful knock was for. */
    public Run key() {
        return new Run(name, run, address, port);
    }

    /** One start of an application at one address: what a knock proves. */
    public record Run(String server, String run, String address, int port) {}
}
