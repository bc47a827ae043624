package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.SecurityFacts;
import dev.perch.contract.facts.SecurityFacts.Tpm;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the firmware's variables (UEFI 2.10 §3.3), securityfs and sysfs. */
final class SecurityCollector implements Collector {
  private static final String EFI = "/sys/firmware/efi";
  private static final String GLOBAL = "-8be4df61-93ca-11d2-aa0d-00e098032b8c";
  private static final String SECURITYFS = "/sys/kernel/security";
  private static final String TPM = "/sys/class/tpm/";

  private final Machine machine;

  SecurityCollector(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Facet facet() {
    return Facet.SECURITY;
  }

  @Override
  public SecurityFacts collect() {
    Unknowns unknown = new Unknowns();
    boolean uefi = machine.exists(EFI);
    if (machine.names(SECURITYFS).isEmpty()) {
      unknown.add("lockdown", SECURITYFS + " is not mounted");
      unknown.add("modules", SECURITYFS + " is not mounted");
    }
    return new SecurityFacts(
        uefi,
        uefi ? unknown.find("secureBoot", () -> variable("SecureBoot")) : null,
        uefi ? unknown.find("setupMode", () -> variable("SetupMode")) : null,
        unknown.find(
            "lockdown",
            () -> machine.text(SECURITYFS + "/lockdown").flatMap(MemoryCollector::chosen)),
        tpm(unknown),
        unknown.find("modules", this::modules, List.of()),
        unknown.find("selinux", this::selinux),
        unknown.find("fips", () -> machine.flag("/proc/sys/crypto/fips_enabled"), false),
        unknown.reasons());
  }

  /** A variable of one byte, behind the four of its attributes. */
  private Optional<Boolean> variable(String name) throws Unavailable {
    byte[] value =
        machine
            .bytes(EFI + "/efivars/" + name + GLOBAL)
            .orElseThrow(() -> new Unavailable("the firmware has no variable " + name));
    if (value.length != 5) {
      throw new Unavailable("the firmware's variable " + name + " is not one byte");
    }
    return Optional.of(value[4] == 1);
  }

  private List<String> modules() throws Unavailable {
    return machine
        .text(SECURITYFS + "/lsm")
        .map(list -> List.of(list.split(",")))
        .orElse(List.of());
  }

  private Optional<String> selinux() throws Unavailable {
    return machine
        .number("/sys/fs/selinux/enforce")
        .map(enforced -> enforced == 1 ? "enforcing" : "permissive");
  }

  private @Nullable Tpm tpm(Unknowns unknown) {
    List<String> devices = machine.names(TPM);
    if (devices.isEmpty()) {
      return null;
    }
    String device = devices.getFirst();
    String version = unknown.find("tpm", () -> machine.text(TPM + device + "/tpm_version_major"));
    return new Tpm(
        version == null || version.equals("1") ? "1.2" : version,
        unknown.find("tpm", () -> machine.text(TPM + device + "/device/description")),
        device);
  }
}
