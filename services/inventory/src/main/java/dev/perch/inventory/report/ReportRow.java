package dev.perch.inventory.report;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Read only, for REST: {@link ReportTable} writes. */
@Entity
@Table(name = "host_report")
@IdClass(ReportRow.Key.class)
class ReportRow {
  @Id String kind;

  @Id
  @Column(name = "host_id")
  UUID hostId;

  @Id String name;

  @Column(name = "site_id")
  UUID siteId;

  String state;
  String digest;
  long version;

  @Column(name = "updated_at")
  Instant updatedAt;

  record Key(String kind, UUID hostId, String name) {}
}
