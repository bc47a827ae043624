package dev.perch.inventory.check;

import dev.perch.contract.facts.DisksFacts;
import dev.perch.inventory.check.Check.Finding;
import java.util.List;

/** Whether the host has somewhere to keep what it is given. */
final class StorageChecks {
  static final Check DISK =
      Check.waivable(
          "disks.present",
          "/facets/disks/devices",
          "Fit a disk that stays in the machine and takes writes.",
          subject -> {
            List<DisksFacts.Device> all =
                subject.facts(DisksFacts.class).map(DisksFacts::devices).orElse(List.of());
            return Finding.of(
                all.stream()
                    .anyMatch(
                        disk ->
                            disk.type().equals("disk")
                                && !disk.removable()
                                && !disk.readOnly()
                                && disk.sizeBytes() > 0),
                all.stream().map(DisksFacts.Device::name).toList());
          });

  static final List<Check> ALL = List.of(DISK);

  private StorageChecks() {}
}
