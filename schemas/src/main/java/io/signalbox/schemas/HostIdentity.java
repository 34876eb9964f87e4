package io.signalbox.schemas;

/**
 * Who a host is, as its watcher says it at the start of a session and of each snapshot.
 *
 * @param engineId the Docker engine's own id ({@code docker info}: ID)
 * @param bootId the kernel's boot id, or empty where it cannot be read
 * @param address the address under which other hosts reach ports published here
 * @param engineVersion the engine's version, for people
 */
public record HostIdentity(String engineId, String bootId, String address, String engineVersion) {}
