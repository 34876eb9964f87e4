package io.signalbox.watcher;

/**
 * Something that knows containers: the Docker engine. Calls return at once; the answers come as
 * {@link io.signalbox.watcher.core.Input}s, each call's exactly once, from the source's own
 * threads.
 */
interface Source extends AutoCloseable {
    /** Subscribes to what happens, trying until it works or the stream is closed. */
    void openStream(long stream);

    /** Ends a subscription, or the tries. */
    void closeStream(long stream);

    /** Asks about one container. */
    void inspect(String container);

    /** Asks for all containers' ids. */
    void list(long call);

    @Override
    void close();
}
