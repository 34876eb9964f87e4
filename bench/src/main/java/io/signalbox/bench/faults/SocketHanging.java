package io.signalbox.bench.faults;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** HAProxy serves, but its runtime socket takes commands and answers nothing. */
record SocketHanging() implements FaultCase {
    private static final Duration HANGING = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "socket-hanging";
    }

    @Override
    public String about() {
        return "HAProxy's runtime socket hangs for 5 s while containers change; no request fails, the truth within 4 s after it";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void round(Rig rig) throws Exception {
        Path socket = rig.applierDirectory().resolve("run/worker.sock");
        Path aside = socket.resolveSibling("aside.sock");
        Files.move(socket, aside);
        FaultProxy hanging =
                new FaultProxy(
                        UnixDomainSocketAddress.of(socket),
                        UnixDomainSocketAddress.of(aside),
                        "/no-events");
        hanging.stall();
        rig.injected("socket hangs");
        rig.churn().step();
        Thread.sleep(HANGING);
        hanging.resume();
        rig.converge(System.nanoTime());
        boolean replaced = hanging.replaced();
        hanging.close();
        if (!replaced) {
            Files.move(aside, socket);
        }
        rig.findings().remark(replaced ? "HAProxy was reloaded" : "HAProxy was not reloaded");
        rig.churn().step();
        rig.converge(System.nanoTime());
    }
}
