package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the machine guards its boot and its kernel.
 *
 * @param uefi booted by UEFI?
 * @param secureBoot is Secure Boot enforced? Absent without UEFI
 * @param setupMode can its keys be replaced by anybody?
 * @param lockdown none, integrity or confidentiality
 * @param tpm the trusted platform module; absent without
 * @param modules active Linux security modules, in their order
 * @param selinux enforcing or permissive; absent where it is off
 * @param fips is the kernel in FIPS mode?
 * @param unknown what could not be found out, by field, and why
 */
public record SecurityFacts(
    boolean uefi,
    @Nullable Boolean secureBoot,
    @Nullable Boolean setupMode,
    @Nullable String lockdown,
    @Nullable Tpm tpm,
    List<String> modules,
    @Nullable String selinux,
    boolean fips,
    Map<String, String> unknown)
    implements Facts {

  public SecurityFacts {
    modules = List.copyOf(modules);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.SECURITY;
  }

  /**
   * A trusted platform module.
   *
   * @param version 2 or 1.2
   * @param manufacturer as its driver says
   * @param device tpm0
   */
  public record Tpm(String version, @Nullable String manufacturer, String device) {}
}
