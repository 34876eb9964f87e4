package io.signalbox.applier.core;

import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.ProcessInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What {@link ApplierCore} needs of the world, without any of it. */
final class Outside {
    private Outside() {}

    /** Hands the name of each method that is called, and its first argument, to somebody. */
    static Report report(BiConsumer<String, Object> told) {
        return (Report)
                java.lang.reflect.Proxy.newProxyInstance(
                        Report.class.getClassLoader(),
                        new Class<?>[] {Report.class},
                        (_, method, arguments) -> {
                            told.accept(method.getName(), arguments == null ? "" : arguments[0]);
                            return null;
                        });
    }

    /** No HAProxy comes up, and none ever did. */
    static final class NoProxy implements Proxy {
        @Override
        public boolean alive() {
            return false;
        }

        @Override
        public Optional<Deployed> lastKnownGood() {
            return Optional.empty();
        }

        @Override
        public Optional<Saved> read(ConfigPath directory) {
            return Optional.empty();
        }

        @Override
        public void isGood(Deployed deployed) {}

        @Override
        public void serves(ConfigPath directory) {}

        @Override
        public void startFrom(Deployed deployed) {}

        @Override
        public void bring(Supplier<Saved> wanted) {}

        @Override
        public Optional<Ended> ended() {
            return Optional.of(new Ended.Failed("there is no HAProxy"));
        }

        @Override
        public void stop() {}
    }

    /** No worker answers. */
    static final class Silent implements Link {
        private static IOException silence() {
            return new IOException("nobody answers");
        }

        @Override
        public ProcessInfo info() throws IOException {
            throw silence();
        }

        @Override
        public Map<MapName, ConfigPath> maps() throws IOException {
            throw silence();
        }

        @Override
        public Outcome execute(List<Step> steps, ConfigPath maps, Capabilities capabilities)
                throws IOException {
            throw silence();
        }

        @Override
        public List<LiveServer> servers(String backend, Running known) throws IOException {
            throw silence();
        }

        @Override
        public Map<String, List<LiveServer>> servers(Running known) throws IOException {
            throw silence();
        }

        @Override
        public Map<String, String> entries(ConfigPath map) throws IOException {
            throw silence();
        }
    }

    static final class NoDisk implements DiskWriter {
        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public boolean failed() {
            return false;
        }

        @Override
        public void follow(Saved saved, Capabilities capabilities) {}

        @Override
        public void cancel() {}

        @Override
        public void write() {}
    }

    static final class NoDoors implements Doors.Knocker {
        @Override
        public void knock(Doors.Door door, boolean proxied) {}

        @Override
        public void stop(Doors.Door door) {}
    }
}
