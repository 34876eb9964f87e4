package io.signalbox.bench.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The applier's disk is full, for changes that need files and for such that do not. */
record ApplierDiskFull() implements FaultCase {
    @Override
    public String name() {
        return "applier-disk-full";
    }

    @Override
    public String about() {
        return "the applier's disk is full: servers still change within 4 s, no request fails; after there is room a reload too";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public Installation.Needs needs() {
        return new Installation.Needs(0, 64, true);
    }

    @Override
    public void round(Rig rig) throws Exception {
        rig.churn().step();
        rig.converge(System.nanoTime());
        Path filler = rig.applierDirectory().resolve("filler");
        DiskFiller.fill(filler);
        rig.injected("disk full");
        rig.churn().step();
        rig.converge(System.nanoTime());
        rig.installation().applyGroup(5_000 + rig.random().nextInt(1_000));
        rig.injected("reload without room");
        rig.churn().step();
        Thread.sleep(1_000);
        rig.kill("applier");
        Files.delete(filler);
        long since = System.nanoTime();
        rig.restart("applier");
        rig.converge(since);
        rig.churn().step();
        rig.converge(System.nanoTime());
    }
}
