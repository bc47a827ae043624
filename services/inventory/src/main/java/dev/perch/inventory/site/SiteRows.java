package dev.perch.inventory.site;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Delete;
import jakarta.data.repository.Insert;
import jakarta.data.repository.Repository;
import jakarta.data.repository.Update;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface SiteRows {
  Mutiny.StatelessSession session();

  @Insert
  Uni<Void> insert(SiteRow site);

  @Update
  Uni<Void> update(SiteRow site);

  @Delete
  Uni<Void> delete(SiteRow site);
}
