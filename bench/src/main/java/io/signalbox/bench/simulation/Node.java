package io.signalbox.bench.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A process: it steps when the scheduler lets it, dies, stands still, and starts again. */
abstract class Node {
    final World world;
    final String name;
    private final List<Producer> producers = new ArrayList<>();
    private boolean alive;
    private Instant frozenUntil = Instant.MIN;

    Node(World world, String name) {
        this.world = world;
        this.name = name;
    }

    /** Begins with nothing but what lies outside of the process. */
    abstract void boot();

    /** Does a little of what it would do now. */
    abstract void step();

    /** What dies with it besides its producers. */
    void died() {}

    final boolean alive() {
        return alive;
    }

    final boolean runs() {
        return alive && !world.now.isBefore(frozenUntil);
    }

    final void start() {
        if (!alive) {
            world.note(() -> name + " starts");
            alive = true;
            frozenUntil = Instant.MIN;
            boot();
        }
    }

    final void crash() {
        if (alive) {
            world.note(() -> name + " dies");
            alive = false;
            producers.forEach(Producer::close);
            producers.clear();
            died();
        }
    }

    final void freeze(Duration time) {
        frozenUntil = world.now.plus(time);
        world.note(() -> name + " stands still for " + time);
    }

    final void thaw() {
        frozenUntil = Instant.MIN;
    }

    final Producer producer(Runnable failed) {
        producers.removeIf(known -> !known.isOpen());
        Producer fresh = new Producer(world, name, failed);
        producers.add(fresh);
        return fresh;
    }

    /** A send of one of its producers fails. */
    final void failSend() {
        for (Producer producer : List.copyOf(producers)) {
            if (!producer.idle()) {
                producer.fail();
                return;
            }
        }
    }
}
