package dev.perch.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.Json;
import dev.perch.contract.facts.VirtualisationFacts.Kvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvmProbeTest {
  @TempDir Path temp;

  @Test
  void withoutTheDeviceThereIsNothingToTry() {
    Kvm kvm = new KvmProbe(temp.resolve("kvm"), () -> "never").result();

    assertThat(kvm.usable()).isFalse();
    assertThat(kvm.reason()).startsWith("there is no ");
  }

  @Test
  void aGuestThatDoesNotComeBackIsNotUsable() throws IOException {
    Kvm kvm =
        new KvmProbe(
                device(),
                () -> {
                  throw new Unavailable("it ran longer than 10 s");
                })
            .result();

    assertThat(kvm.usable()).isFalse();
    assertThat(kvm.reason()).isEqualTo("the guest did not come back: it ran longer than 10 s");
  }

  @Test
  void aGuestThatSaysSomethingElseIsNotUsable() throws IOException {
    assertThat(new KvmProbe(device(), () -> "Segmentation fault").result().usable()).isFalse();
  }

  @Test
  void theGuestIsRunOnce() throws IOException {
    AtomicInteger runs = new AtomicInteger();
    Kvm good = new Kvm(true, 12, true, true, null);
    KvmProbe probe =
        new KvmProbe(
            device(),
            () -> {
              runs.incrementAndGet();
              return Json.MAPPER.valueToTree(good).toString();
            });

    assertThat(probe.result()).isEqualTo(good).isEqualTo(probe.result());
    assertThat(runs).hasValue(1);
  }

  private Path device() throws IOException {
    Path device = temp.resolve("kvm");
    return Files.exists(device) ? device : Files.createFile(device);
  }
}
