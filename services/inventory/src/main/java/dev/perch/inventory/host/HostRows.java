package dev.perch.inventory.host;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Delete;
import jakarta.data.repository.Insert;
import jakarta.data.repository.Query;
import jakarta.data.repository.Repository;
import jakarta.data.repository.Update;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface HostRows {
  Mutiny.StatelessSession session();

  @Insert
  Uni<Void> insert(HostRow host);

  @Update
  Uni<Void> update(HostRow host);

  @Query("where siteId = :site and name = :name")
  Uni<List<HostRow>> named(UUID site, String name);

  @Delete
  Uni<Void> delete(HostRow host);
}
