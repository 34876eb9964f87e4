package io.signalbox.applier.core.disk;

import io.signalbox.haproxy.ConfigPath;

/**
 * A configuration on the disk.
 *
 * @param path its directory
 * @param textHash SHA-256 of HAProxy's configuration, in hex; empty if it is not known
 */
public record Deployed(ConfigPath path, Saved saved, String textHash) {}
