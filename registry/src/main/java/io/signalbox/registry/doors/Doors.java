package io.signalbox.registry.doors;

import io.signalbox.process.ProcessRuntime;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Liveness;
import java.time.InstantSource;

/** Opens all doors of a registry. */
public final class Doors {
    private Doors() {}

    /**
     * Opens them as their settings say, closed ones included: those say that they are.
     *
     * @throws io.signalbox.process.StartFailure if one cannot be opened as it should
     */
    public static void open(
            ProcessRuntime runtime, DoorsSettings settings, LogCodecs codecs, Model model) {
        FactWriter writer =
                runtime.closing(
                        "doors",
                        new FactWriter(
                                runtime.kafka(),
                                runtime.common().topicPrefix(),
                                codecs.events(),
                                codecs.liveness(),
                                InstantSource.system()));
        Desk desk = new Desk(model, writer);
        RegistrationDoor.serve(Door.open(runtime, settings.registration()), desk);
        DockerFlowDoor.serve(runtime, settings, desk);
        LambdaDoor.serve(Door.open(runtime, settings.lambdaRegistry()), desk, settings.tables());
    }

    /** The codecs of the topics that doors write. */
    public record LogCodecs(Codec<Event> events, Codec<Liveness> liveness) {}
}
