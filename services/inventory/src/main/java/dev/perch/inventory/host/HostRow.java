package dev.perch.inventory.host;

import dev.perch.contract.inventory.Host;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "host")
class HostRow {
  @Id UUID id;

  @Column(name = "site_id")
  UUID siteId;

  String name;

  @Enumerated(EnumType.STRING)
  Host.Personality personality;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> labels;

  @Column(name = "bmc_address")
  @Nullable String bmcAddress;

  @Enumerated(EnumType.STRING)
  Host.Administrative administrative;

  @Enumerated(EnumType.STRING)
  Host.Operational operational;

  @Enumerated(EnumType.STRING)
  Host.Availability availability;

  @Enumerated(EnumType.STRING)
  Host.Lifecycle lifecycle;

  long version;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  Host toHost() {
    return new Host(
        id,
        siteId,
        name,
        personality,
        labels,
        bmcAddress == null ? null : new Host.Bmc(bmcAddress),
        new Host.State(administrative, operational, availability, lifecycle),
        version,
        createdAt,
        updatedAt);
  }

  static HostRow of(Host host) {
    var row = new HostRow();
    row.id = host.id();
    row.siteId = host.siteId();
    row.name = host.name();
    row.personality = host.personality();
    row.labels = host.labels();
    row.bmcAddress = host.bmc() == null ? null : host.bmc().address();
    row.administrative = host.state().administrative();
    row.operational = host.state().operational();
    row.availability = host.state().availability();
    row.lifecycle = host.state().lifecycle();
    row.version = host.version();
    row.createdAt = host.createdAt();
    row.updatedAt = host.updatedAt();
    return row;
  }
}
