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
@Table(name = "host_report_version")
@IdClass(ReportVersionRow.Key.class)
class ReportVersionRow {
  @Id String kind;

  @Id
  @Column(name = "host_id")
  UUID hostId;

  @Id String name;
  @Id long version;
  Instant at;
  String state;

  record Key(String kind, UUID hostId, String name, long version) {}
}
