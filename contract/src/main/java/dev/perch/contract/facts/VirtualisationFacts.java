package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to run virtual machines, tried rather than read.
 *
 * @param hypervisor if this machine is virtual: kvm, vmware
 * @param cpuExtension vmx or svm; absent without
 * @param kvm the kernel virtual machine, step by step
 * @param nested may guests have guests?
 * @param vhost can /dev/vhost-net be opened?
 * @param vhostVsock can /dev/vhost-vsock be opened?
 * @param iommuGroups groups of devices that can be passed through
 * @param confidential sev, sev-es, sev-snp, tdx: those the kernel has switched on
 * @param unknown what could not be found out, by field, and why
 */
public record VirtualisationFacts(
    @Nullable String hypervisor,
    @Nullable String cpuExtension,
    @Nullable Kvm kvm,
    @Nullable Boolean nested,
    boolean vhost,
    boolean vhostVsock,
    int iommuGroups,
    List<String> confidential,
    Map<String, String> unknown)
    implements Facts {

  public VirtualisationFacts {
    confidential = List.copyOf(confidential);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.VIRTUALISATION;
  }

  /**
   * How far a functional probe came.
   *
   * @param usable did a guest run an instruction?
   * @param apiVersion twelve, for ten years
   * @param createsVm was a machine with memory and a processor made?
   * @param runsGuest did its processor run the instruction and stop where it should?
   * @param reason why it went no further
   */
  public record Kvm(
      boolean usable,
      @Nullable Integer apiVersion,
      boolean createsVm,
      boolean runsGuest,
      @Nullable String reason) {}
}
