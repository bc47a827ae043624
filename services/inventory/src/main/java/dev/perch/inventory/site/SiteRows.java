package dev.perch.inventory.site;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Delete;
import jakarta.data.repository.Find;
import jakarta.data.repository.Insert;
import jakarta.data.repository.Repository;
import jakarta.data.repository.Update;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface SiteRows {
  Mutiny.StatelessSession session();

  /** Null if there is none; the generator cannot carry the annotation. */
  @Find
  Uni<SiteRow> byId(UUID id);

  @Insert
  Uni<Void> insert(SiteRow site);

  @Update
  Uni<Void> update(SiteRow site);

  @Delete
  Uni<Void> delete(SiteRow site);
}
