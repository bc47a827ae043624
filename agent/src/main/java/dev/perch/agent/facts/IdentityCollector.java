package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.IdentityFacts;
import dev.perch.contract.facts.IdentityFacts.Firmware;
import dev.perch.contract.facts.IdentityFacts.OperatingSystem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** From SMBIOS or the device tree, and the operating system's own files. */
final class IdentityCollector implements Collector {
  private static final String DMI = "/sys/class/dmi/id/";
  private static final String DEVICE_TREE = "/sys/firmware/devicetree/base/";

  /** What manufacturers leave in fields they do not fill. */
  private static final Set<String> FILLERS =
      Set.of(
          "default string",
          "to be filled by o.e.m.",
          "system serial number",
          "not specified",
          "not applicable",
          "none",
          "unknown",
          "0",
          "00000000-0000-0000-0000-000000000000",
          "03000200-0400-0500-0006-000700080009");

  private final Machine machine;

  IdentityCollector(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Facet facet() {
    return Facet.IDENTITY;
  }

  @Override
  public IdentityFacts collect() {
    Unknowns unknown = new Unknowns();
    if (!machine.exists(DMI) && !machine.exists(DEVICE_TREE)) {
      unknown.add("serial", "the machine has neither SMBIOS nor a device tree");
    }
    return new IdentityFacts(
        unknown.find("hostname", () -> machine.text("/proc/sys/kernel/hostname")),
        unknown.find("machineId", this::machineId),
        unknown.find("systemUuid", () -> dmi("product_uuid").map(IdentityCollector::lower)),
        unknown.find("serial", () -> either(dmi("product_serial"), tree("serial-number"))),
        unknown.find("vendor", () -> dmi("sys_vendor")),
        unknown.find("product", () -> either(dmi("product_name"), tree("model"))),
        unknown.find("boardSerial", () -> dmi("board_serial")),
        unknown.find("chassisType", () -> machine.number(DMI + "chassis_type").map(Long::intValue)),
        firmware(unknown),
        operatingSystem(unknown),
        unknown.reasons());
  }

  /**
   * machine-id(5) asks not to publish the id but what is derived from it for one application, the
   * way sd_id128_get_machine_app_specific(3) does.
   */
  private Optional<String> machineId() throws Unavailable {
    return machine.text("/etc/machine-id").map(IdentityCollector::derived);
  }

  private static String derived(String id) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(id.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal("dev.perch.agent".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Firmware firmware(Unknowns unknown) {
    String vendor = unknown.find("firmware", () -> dmi("bios_vendor"));
    String version = unknown.find("firmware", () -> dmi("bios_version"));
    String date = unknown.find("firmware", () -> dmi("bios_date"));
    return vendor == null && version == null && date == null
        ? null
        : new Firmware(vendor, version, date);
  }

  private @Nullable OperatingSystem operatingSystem(Unknowns unknown) {
    String text =
        unknown.find(
            "operatingSystem",
            () -> either(machine.text("/etc/os-release"), machine.text("/usr/lib/os-release")));
    if (text == null) {
      return null;
    }
    Map<String, String> fields = new HashMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> fields.put(parts[0].strip(), unquoted(parts[1].strip())));
    return new OperatingSystem(
        fields.get("ID"), fields.get("VERSION_ID"), fields.get("PRETTY_NAME"));
  }

  private Optional<String> dmi(String name) throws Unavailable {
    return machine.text(DMI + name).filter(text -> !FILLERS.contains(lower(text)));
  }

  private Optional<String> tree(String name) throws Unavailable {
    return machine.text(DEVICE_TREE + name).map(text -> text.replace("\0", ""));
  }

  private static Optional<String> either(Optional<String> first, Optional<String> second) {
    return first.or(() -> second);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() >= 2
            && (text.startsWith("\"") || text.startsWith("'"))
            && text.endsWith(text.substring(0, 1));
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
