package dev.perch.kit.timeline;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Query;
import jakarta.data.repository.Repository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Queries are checked against the entity when this compiles. */
@Repository
interface TimelineRows {
  Mutiny.StatelessSession session();

  @Query("where resourceId = :id and at <= :at order by at desc, version desc limit :limit")
  Uni<List<TimelineRow>> newestUntil(UUID id, Instant at, int limit);

  @Query(
      "where resourceId = :id and version < :version order by at desc, version desc limit :limit")
  Uni<List<TimelineRow>> newestBelow(UUID id, long version, int limit);
}
