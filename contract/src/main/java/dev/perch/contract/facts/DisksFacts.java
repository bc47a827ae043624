package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Block devices; loop and RAM devices are left out.
 *
 * @param devices by name
 * @param unknown what could not be found out, by field, and why
 */
public record DisksFacts(List<Device> devices, Map<String, String> unknown) implements Facts {

  public DisksFacts {
    devices = List.copyOf(devices);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.DISKS;
  }

  /**
   * A disk, a partition or a device made of others.
   *
   * @param name the kernel name: nvme0n1
   * @param type as lsblk says: disk, part, lvm, raid1, crypt, mpath, rom
   * @param parents the devices it lies on
   * @param sizeBytes its size
   * @param model the model
   * @param serial the serial number
   * @param vendor the vendor
   * @param revision firmware revision
   * @param wwn world wide name
   * @param transport nvme, sata, sas, usb, virtio
   * @param rotational does it turn?
   * @param removable can it be taken out?
   * @param readOnly does it refuse writes?
   * @param logicalSectorBytes what an I/O is a multiple of
   * @param physicalSectorBytes what an I/O should be a multiple of
   * @param filesystem what is on it: ext4, LVM2_member
   * @param label label of the file system
   * @param uuid UUID of the file system
   * @param partitionType GUID or MBR code of the partition type
   * @param partitionUuid UUID of the partition
   */
  public record Device(
      String name,
      String type,
      List<String> parents,
      long sizeBytes,
      @Nullable String model,
      @Nullable String serial,
      @Nullable String vendor,
      @Nullable String revision,
      @Nullable String wwn,
      @Nullable String transport,
      boolean rotational,
      boolean removable,
      boolean readOnly,
      @Nullable Integer logicalSectorBytes,
      @Nullable Integer physicalSectorBytes,
      @Nullable String filesystem,
      @Nullable String label,
      @Nullable String uuid,
      @Nullable String partitionType,
      @Nullable String partitionUuid) {

    public Device {
      parents = List.copyOf(parents);
    }
  }
}
