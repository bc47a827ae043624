package dev.perch.agent;

import dev.perch.agent.facts.Collectors;
import dev.perch.agent.kernel.KernelClock;
import dev.perch.agent.machine.InstalledTools;
import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Tools;
import dev.perch.agent.probe.KvmProbe;
import dev.perch.agent.probe.QdiscProbe;
import java.nio.file.Path;
import java.time.Duration;

/** The machine this process runs on. */
final class HostMachine {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Tools tools = new InstalledTools(PATIENCE);
  private final Machine machine = new Machine(Path.of("/"), tools);

  Machine machine() {
    return machine;
  }

  Collectors collectors(Settings settings) {
    return new Collectors(
        machine,
        new QdiscProbe(tools),
        new KvmProbe(Path.of("/dev/kvm"), new GuestProcess()),
        KernelClock::isSynchronised,
        settings.leftOut());
  }
}
