package io.signalbox.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The entry point of a child JVM that must not outlive the process that started it: runs another
 * main class, and ends this JVM in good order when its standard input ends, which happens at the
 * parent's death, however sudden. Depends on nothing but the JDK.
 */
final class BoundToParent {

    private BoundToParent() {}

    /** Takes the name of the main class and its arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread.ofPlatform().daemon().name("bound-to-parent").start(BoundToParent::endWithInput);
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(args[0] + " failed", e.getCause());
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // The parent says nothing; whatever it says does not matter.
            }
        } catch (IOException e) {
            // An input that cannot be read has ended too.
        }
        System.exit(0);
    }
}
