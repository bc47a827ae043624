package dev.perch.certmon.issue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes a certificate an authority's (RFC 5280 §4.2.1.9, §4.2.1.10).
 *
 * @param pathLength how many authorities may follow below it; null for any number
 * @param permitted if not empty, all names below must lie within these; a DNS name stands for
 *     itself and all below it, an address is given as {@code address/prefix}
 * @param excluded no name below may lie within these
 */
public record Authority(
    @Nullable Integer pathLength, List<NameSpace> permitted, List<NameSpace> excluded) {

  public Authority {
    if (pathLength != null && pathLength < 0) {
      throw new IllegalArgumentException("a path length is not negative");
    }
    permitted = List.copyOf(permitted);
    excluded = List.copyOf(excluded);
  }

  /** An authority that signs leaves only, for any name. */
  public static Authority ofLeaves() {
    return new Authority(0, List.of(), List.of());
  }

  /** An authority with any number of others below it, for any name. */
  public static Authority unlimited() {
    return new Authority(null, List.of(), List.of());
  }
}
