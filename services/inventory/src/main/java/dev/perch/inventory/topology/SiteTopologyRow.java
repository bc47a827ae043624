package dev.perch.inventory.topology;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Read only: {@link SiteTopologyTable} writes. */
@Entity
@Table(name = "site_topology")
class SiteTopologyRow {
  @Id
  @Column(name = "site_id")
  UUID siteId;

  String state;
  long version;

  @Column(name = "updated_at")
  Instant updatedAt;
}
