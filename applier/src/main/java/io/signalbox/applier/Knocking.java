package io.signalbox.applier;

import io.signalbox.applier.core.Doors;
import io.signalbox.applier.core.Doors.Door;
import io.signalbox.applier.core.WantedServer;
import io.signalbox.applier.core.WantedServer.Run;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Set;

/** Which applications are knocked at, and which have answered. Owned by the loop. */
final class Knocking implements Doors.Knocker {
    private final Knock knock;
    private final Doors doors = new Doors(this);

    Knocking(Knock knock) {
        this.knock = knock;
    }

    /** Knocks at these servers of a service, and at no other of it. */
    void want(String service, Collection<WantedServer> pending) {
        doors.want(service, pending);
    }

    /**
     * A knock succeeded.
     *
     * @return false if it is of no interest any more
     */
    boolean answer(Run run) {
        return doors.answer(run);
    }

    /** Whether that start of an application has answered and does not serve yet. */
    boolean hasAnswered(Run run) {
        return doors.hasAnswered(run);
    }

    /** How many are being waited for or wait to be enabled. */
    int size() {
        return doors.size();
    }

    /** The servers that have not answered yet. */
    Set<String> silent() {
        return doors.silent();
    }

    @Override
    public void knock(Door door, boolean proxied) {
        knock.start(new Knock.Target(door, address(door.run()), proxied));
    }

    @Override
    public void stop(Door door) {
        knock.stop(door);
    }

    private static InetSocketAddress address(Run run) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(run.address()), run.port());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("a server's address is no literal: " + run, e);
        }
    }
}
