package dev.perch.cli.group;

import dev.perch.cli.Failure;
import dev.perch.cli.resource.Named;
import dev.perch.cli.rest.Rest;
import java.io.IOException;

/** Groups by the names people use. */
final class Groups {
  /** What a verb says of the selector it takes. */
  static final String SELECTOR =
      "Sites by name, and labels as in Kubernetes: site=north-1,zone in (x,y),!spare.";

  private static final Named GROUPS = new Named("group", "/v1/groups");

  private final Rest inventory;

  Groups(Rest inventory) {
    this.inventory = inventory;
  }

  String path(String nameOrId) throws Failure, IOException, InterruptedException {
    return GROUPS.path(inventory, nameOrId);
  }
}
