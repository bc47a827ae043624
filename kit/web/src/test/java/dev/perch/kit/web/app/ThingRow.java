package dev.perch.kit.web.app;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity
@Table(name = "thing")
class ThingRow {
  @Id UUID id;
  UUID site;
  String name;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> labels;

  long version;

  @jakarta.persistence.Column(name = "updated_at")
  Instant updatedAt;

  Thing toThing() {
    return new Thing(id, site, name, labels, version);
  }

  /** What goes over the wire. */
  record Thing(UUID id, UUID site, String name, Map<String, String> labels, long version) {}
}
