package io.signalbox.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A client of Kafka that is not made before one of the brokers' names can be looked up: Kafka's own
 * refuse to be made then. Whoever calls it earlier waits, until it is woken, interrupted or closed.
 * Safe for all threads.
 *
 * @param <T> what the client is
 */
final class LateClient<T> implements InvocationHandler {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final BooleanSupplier known;
    private final Supplier<T> maker;
    private @Nullable T made;
    private boolean woken;
    private boolean closed;

    private LateClient(BooleanSupplier known, Supplier<T> maker) {
        this.known = known;
        this.maker = maker;
    }

    /**
     * A client that is made later.
     *
     * @param known whether a broker's name can be looked up; may take its time
     */
    @SuppressWarnings("unchecked") // A class does not know the types of its own parameters.
    static <T> T of(Class<? super T> kind, BooleanSupplier known, Supplier<T> maker) {
        return (T)
                Proxy.newProxyInstance(
                        kind.getClassLoader(),
                        new Class<?>[] {kind},
                        new LateClient<>(known, maker));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(this, arguments);
            }
            return switch (method.getName()) {
                case "close" -> ended(method, arguments);
                case "wakeup" -> woken(method, arguments);
                default -> method.invoke(client(), arguments);
            };
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private @Nullable Object ended(Method method, Object @Nullable [] arguments)
            throws ReflectiveOperationException {
        T client;
        synchronized (this) {
            closed = true;
            client = made;
        }
        return client == null ? null : method.invoke(client, arguments);
    }

    private @Nullable Object woken(Method method, Object @Nullable [] arguments)
            throws ReflectiveOperationException {
        T client;
        synchronized (this) {
            client = made;
            woken = client == null;
        }
        return client == null ? null : method.invoke(client, arguments);
    }

    private T client() {
        while (true) {
            T client = look(false);
            if (client == null && known.getAsBoolean()) {
                client = look(true);
            }
            if (client != null) {
                return client;
            }
            pause();
        }
    }

    /** The client, which is made now if that is asked for; null if it is not made. */
    private synchronized @Nullable T look(boolean make) {
        if (closed && made == null) {
            throw new IllegalStateException("the client was closed before any broker was known");
        }
        if (woken) {
            woken = false;
            throw new WakeupException();
        }
        if (make && made == null) {
            made = maker.get();
        }
        return made;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
