package dev.perch.kit.outbox;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A thing as Hibernate keeps it. */
@Entity
@Table(name = "thing_row")
class ThingRow {
  @Id UUID id = new UUID(0, 0);
  long version = 1;
  String body = "";
}
