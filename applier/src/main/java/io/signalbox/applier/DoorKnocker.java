package io.signalbox.applier;

import io.signalbox.applier.core.Doors;
import io.signalbox.applier.core.Doors.Door;
import io.signalbox.applier.core.plan.WantedServer.Run;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Knocks at doors by connecting to the address of their server. Safe for all threads. */
record DoorKnocker(Knock knock) implements Doors.Knocker {
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
