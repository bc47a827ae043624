package dev.perch.kit.timeline;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One version of one resource: written once, never changed. */
@Entity
@Table(name = "timeline")
@IdClass(TimelineRow.Key.class)
class TimelineRow {
  @Id
  @Column(name = "resource_id")
  UUID resourceId;

  @Id Instant at;
  @Id long version;
  String kind;
  String what;
  String actor;
  String operation;
  @Nullable String reason;

  /** The whole resource as JSON; of a deletion, what was deleted. */
  String state;

  record Key(UUID resourceId, Instant at, long version) {}
}
