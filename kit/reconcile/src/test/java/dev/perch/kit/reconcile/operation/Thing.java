package dev.perch.kit.reconcile.operation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** What a service acts on; Hibernate Reactive wants one entity at least. */
@Entity
class Thing {
  @Id UUID id = new UUID(0, 0);
}
