package dev.perch.contract.facts;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which machine this is: what joins it with the record of its management controller.
 *
 * @param hostname as the kernel knows it
 * @param machineId derived from /etc/machine-id, which is confidential, by HMAC-SHA256; stable per
 *     installation
 * @param systemUuid SMBIOS system UUID, lower case
 * @param serial SMBIOS system serial number
 * @param vendor SMBIOS system manufacturer
 * @param product SMBIOS product name
 * @param boardSerial SMBIOS baseboard serial number
 * @param chassisType SMBIOS chassis type: 17 is a main server chassis, 23 a rack mount
 * @param firmware BIOS or UEFI
 * @param operatingSystem from os-release
 * @param unknown what could not be found out, by field, and why
 */
public record IdentityFacts(
    @Nullable String hostname,
    @Nullable String machineId,
    @Nullable String systemUuid,
    @Nullable String serial,
    @Nullable String vendor,
    @Nullable String product,
    @Nullable String boardSerial,
    @Nullable Integer chassisType,
    @Nullable Firmware firmware,
    @Nullable OperatingSystem operatingSystem,
    Map<String, String> unknown)
    implements Facts {

  public IdentityFacts {
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.IDENTITY;
  }

  /**
   * The firmware that boots the machine.
   *
   * @param vendor who made it
   * @param version its version
   * @param date its date, in its own words
   */
  public record Firmware(
      @Nullable String vendor, @Nullable String version, @Nullable String date) {}

  /**
   * The installed operating system.
   *
   * @param id lower case, no version: debian
   * @param version VERSION_ID: 12
   * @param name for people: Debian GNU/Linux 12 (bookworm)
   */
  public record OperatingSystem(
      @Nullable String id, @Nullable String version, @Nullable String name) {}
}
