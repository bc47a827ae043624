package dev.perch.inventory.site;

import dev.perch.contract.inventory.Site;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "site")
class SiteRow {
  @Id UUID id;
  String name;
  @Nullable String description;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> labels;

  @Column(name = "beat_every_millis")
  @Nullable Integer beatEveryMillis;

  @Column(name = "unreachable_since")
  @Nullable Instant unreachableSince;

  long version;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  Site toSite() {
    return new Site(
        id,
        name,
        description,
        labels,
        beatEveryMillis,
        unreachableSince,
        version,
        createdAt,
        updatedAt);
  }

  static SiteRow of(Site site) {
    var row = new SiteRow();
    row.id = site.id();
    row.name = site.name();
    row.description = site.description();
    row.labels = site.labels();
    row.beatEveryMillis = site.beatEveryMillis();
    row.unreachableSince = site.unreachableSince();
    row.version = site.version();
    row.createdAt = site.createdAt();
    row.updatedAt = site.updatedAt();
    return row;
  }
}
