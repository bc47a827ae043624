package dev.perch.inventory.enrolment;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Insert;
import jakarta.data.repository.Query;
import jakarta.data.repository.Repository;
import jakarta.data.repository.Update;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface KeyRows {
  Mutiny.StatelessSession session();

  @Insert
  Uni<Void> insert(KeyRow key);

  @Update
  Uni<Void> update(KeyRow key);

  /** None or one. */
  @Query("where hostId = :host and revokedAt is null")
  Uni<List<KeyRow>> active(UUID host);
}
