package dev.perch.inventory.group;

import dev.perch.contract.inventory.Group;
import org.jspecify.annotations.Nullable;

/** What an operator says about a group: everything of it that a patch may change. */
record GroupSpec(String name, @Nullable String description, String selector) {

  static GroupSpec of(Group group) {
    return new GroupSpec(group.name(), group.description(), group.selector());
  }
}
