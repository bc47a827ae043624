package dev.perch.inventory.report;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Query;
import jakarta.data.repository.Repository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface ReportVersionRows {
  Mutiny.StatelessSession session();

  @Query(
      "where kind = :kind and hostId = :host and name = :name and at <= :at"
          + " order by version desc limit 1")
  Uni<List<ReportVersionRow>> newestUntil(String kind, UUID host, String name, Instant at);

  @Query(
      "where kind = :kind and hostId = :host and name = :name and version < :version"
          + " order by version desc limit :limit")
  Uni<List<ReportVersionRow>> newestBelow(
      String kind, UUID host, String name, long version, int limit);
}
