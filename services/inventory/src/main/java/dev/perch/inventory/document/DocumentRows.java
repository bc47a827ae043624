package dev.perch.inventory.document;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Query;
import jakarta.data.repository.Repository;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface DocumentRows {
  Mutiny.StatelessSession session();

  @Query("where hostId = :host order by aspect")
  Uni<List<DocumentRow>> of(UUID host);
}
