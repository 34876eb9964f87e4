package io.signalbox.registry;

import io.signalbox.registry.core.PartitionOwner;
import io.signalbox.registry.core.Signal;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.WatcherControl;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends what owners write, counts it, and says in the log what they notice. */
record OwnerOutputs(Outputs outputs, RegistryMetrics metrics) implements PartitionOwner.Sink {

    @Override
    public void write(int partition, ServiceState value, @Nullable Instant changedBy) {
        if (changedBy != null) {
            outputs.send(partition, value, changedBy);
            return;
        }
        outputs.send(partition, value);
        if (value instanceof ServiceState.Checkpoint) {
            metrics.checkpoints.increment();
        }
    }

    @Override
    public void delete(int partition, String key) {
        outputs.tombstone(partition, key);
    }

    @Override
    public void tell(WatcherControl control) {
        outputs.send(control);
    }

    @Override
    public void notice(Signal signal) {
        metrics.count(signal);
        SignalLog.say(signal);
    }
}
