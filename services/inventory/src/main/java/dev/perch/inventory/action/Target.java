package dev.perch.inventory.action;

import java.util.UUID;

/** Hosts as targets of operations: {@code hosts/<id>}. */
final class Target {
  private static final String PREFIX = "hosts/";

  private Target() {}

  static String of(UUID host) {
    return PREFIX + host;
  }

  static UUID host(String target) {
    return UUID.fromString(target.substring(PREFIX.length()));
  }
}
