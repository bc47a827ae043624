package dev.perch.agent.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.Json;
import dev.perch.contract.facts.VirtualisationFacts.Kvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Runs a guest in a process of its own, once: the kernel under this process stays the same. */
public final class KvmProbe {

  /** Runs the guest and answers what it prints. */
  @FunctionalInterface
  public interface Guest {
    /**
     * @throws Unavailable if it ends otherwise, or not in time
     */
    String run() throws Unavailable;
  }

  private final Path device;
  private final Guest guest;
  private @Nullable Kvm result;

  /**
   * @param device /dev/kvm
   */
  public KvmProbe(Path device, Guest guest) {
    this.device = device;
    this.guest = guest;
  }

  public synchronized Kvm result() {
    Kvm known = result;
    if (known == null) {
      known = tryIt();
      result = known;
    }
    return known;
  }

  private Kvm tryIt() {
    if (!Files.exists(device)) {
      return failed("there is no " + device);
    }
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      return failed("no permission to open " + device);
    }
    try {
      return Json.MAPPER.readValue(guest.run(), Kvm.class);
    } catch (Unavailable e) {
      return failed("the guest did not come back: " + e.reason());
    } catch (JsonProcessingException e) {
      return failed("the guest said something else");
    }
  }

  private static Kvm failed(String reason) {
    return new Kvm(false, null, false, false, reason);
  }
}
