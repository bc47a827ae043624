package dev.perch.inventory.report;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Query;
import jakarta.data.repository.Repository;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface ReportRows {
  Mutiny.StatelessSession session();

  @Query("where kind = :kind and hostId = :host order by name")
  Uni<List<ReportRow>> of(String kind, UUID host);
}
