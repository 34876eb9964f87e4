package io.signalbox.bench.faults;

import io.signalbox.process.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** HAProxy accepts a configuration and cannot come up with it: somebody else has a port. */
record ReloadFails() implements FaultCase {
    @Override
    public String name() {
        return "reload-fails";
    }

    @Override
    public String about() {
        return "a new entry point's port is taken, so that the reload fails: no request fails, servers still change within 4 s";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void round(Rig rig) throws Exception {
        int port = FreePort.onLoopback();
        long master = rig.processes().haproxyMaster();
        String taken = "  taken: \"127.0.0.1:" + port + "\"";
        int maxConnections = 5_000 + rig.random().nextInt(1_000);
        try (ServerSocket held = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            rig.installation().applyGroup(maxConnections, taken);
            rig.injected("port taken by " + (held.isBound() ? "another" : "nobody"));
            rig.churn().step();
            rig.converge(System.nanoTime());
        }
        rig.installation().applyGroup(maxConnections + 1, taken);
        rig.churn().step();
        rig.converge(System.nanoTime());
        rig.installation().applyGroup(maxConnections);
        rig.churn().step();
        rig.converge(System.nanoTime());
        if (rig.processes().haproxyMaster() != master) {
            rig.findings().violated("HAProxy was started anew");
        }
    }
}
