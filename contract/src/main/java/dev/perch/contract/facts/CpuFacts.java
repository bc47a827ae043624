package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The processors.
 *
 * @param architecture as uname says: x86_64, aarch64
 * @param vendor GenuineIntel, AuthenticAMD, ARM
 * @param model the model name
 * @param family CPU family, as lscpu prints it
 * @param modelNumber model within the family
 * @param stepping stepping
 * @param microcode microcode revision of the first processor
 * @param logical logical processors present
 * @param online which are online: 0-3,8
 * @param isolated which the scheduler leaves alone (isolcpus); empty for none
 * @param tickless which run without the tick (nohz_full); empty for none
 * @param sockets sockets
 * @param coresPerSocket cores of a socket
 * @param threadsPerCore threads of a core
 * @param maxMhz highest frequency
 * @param caches cache name to total size, as lscpu prints it: L3 to 32 MiB
 * @param flags feature flags, sorted
 * @param vulnerabilities known weaknesses of the processor and how the kernel deals with each
 * @param unknown what could not be found out, by field, and why
 */
public record CpuFacts(
    @Nullable String architecture,
    @Nullable String vendor,
    @Nullable String model,
    @Nullable String family,
    @Nullable String modelNumber,
    @Nullable String stepping,
    @Nullable String microcode,
    int logical,
    @Nullable String online,
    @Nullable String isolated,
    @Nullable String tickless,
    @Nullable Integer sockets,
    @Nullable Integer coresPerSocket,
    @Nullable Integer threadsPerCore,
    @Nullable Integer maxMhz,
    Map<String, String> caches,
    List<String> flags,
    Map<String, String> vulnerabilities,
    Map<String, String> unknown)
    implements Facts {

  public CpuFacts {
    caches = Map.copyOf(caches);
    flags = List.copyOf(flags);
    vulnerabilities = Map.copyOf(vulnerabilities);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.CPU;
  }
}
