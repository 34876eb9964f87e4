package io.signalbox.bench.faults;

import java.util.List;

/** All cases, in the order in which they run. */
final class Cases {
    static final List<FaultCase> ALL =
            List.of(
                    new EngineFault(EngineFault.How.KILLED),
                    new EngineFault(EngineFault.How.FROZEN),
                    new EngineFault(EngineFault.How.RESTARTED),
                    new StreamCut(),
                    new EventsDropped(),
                    new AddressChanged(),
                    new CrashLoop(),
                    new TermIgnored(),
                    new DockerRestart(),
                    new MassRemoval(),
                    new TwoWatchers(),
                    new ProcessKilled("watcher"),
                    new ProcessKilled("registry"),
                    new ProcessKilled("renderer"),
                    new ProcessKilled("applier"),
                    new ProcessFrozen("watcher"),
                    new ProcessFrozen("registry"),
                    new ProcessFrozen("renderer"),
                    new ProcessFrozen("applier"),
                    new LateState(),
                    new LatePart(),
                    new BrokerFault(BrokerFault.How.KILLED),
                    new BrokerFault(BrokerFault.How.FROZEN),
                    new SchemasDown(),
                    new HaproxyFault(HaproxyFault.How.MASTER_KILLED),
                    new HaproxyFault(HaproxyFault.How.WORKER_KILLED),
                    new HaproxyFault(HaproxyFault.How.FROZEN),
                    new SocketHanging(),
                    new RollingUpdate(RollingUpdate.How.SERVES_ON),
                    new RollingUpdate(RollingUpdate.How.CLOSES),
                    new RollingUpdate(RollingUpdate.How.KILLED),
                    new RestartAlone(),
                    new ComposeUp(),
                    new SwarmUpdate(),
                    new Poison(),
                    new ReloadFails(),
                    new RefusedConfiguration(),
                    new ApplierKilledInSteps(),
                    new ApplierDiskFull(),
                    new BrokerDiskFull(),
                    new TopicFault(TopicFault.How.WRONG_SETTINGS),
                    new TopicFault(TopicFault.How.EMPTIED),
                    new TopicFault(TopicFault.How.CONFIGS_RECREATED),
                    new TopicFault(TopicFault.How.EVENTS_RECREATED));

    private Cases() {}
}
