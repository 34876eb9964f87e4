package io.signalbox.bench.faults;

import io.signalbox.bench.SeparateProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The broker's disk is full. */
record BrokerDiskFull() implements FaultCase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "broker-disk-full";
    }

    @Override
    public String about() {
        return "the broker's disk fills up while containers change; no request fails, the truth within 15 s after there is room and it runs";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(15);
    }

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public Installation.Needs needs() {
        return new Installation.Needs(512, 0, true);
    }

    @Override
    public void round(Rig rig) throws Exception {
        rig.churn().step();
        Path filler = rig.directory().resolve("log/kafka/filler");
        DiskFiller.fill(filler);
        rig.injected("disk full");
        rig.churn().step();
        boolean ended = endsByItself(rig);
        rig.findings().remark(ended ? "the broker ended by itself" : "the broker ran on");
        rig.churn().step();
        Files.delete(filler);
        if (!ended) {
            rig.kill(SeparateProcesses.BROKER);
        }
        rig.restart(SeparateProcesses.BROKER);
        rig.processes().awaitLog();
        rig.converge(System.nanoTime());
    }

    private static boolean endsByItself(Rig rig) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos() / 4;
        while (rig.processes().alive(SeparateProcesses.BROKER) && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        return !rig.processes().alive(SeparateProcesses.BROKER);
    }
}
