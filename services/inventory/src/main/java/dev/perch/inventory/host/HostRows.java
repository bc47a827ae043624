package dev.perch.inventory.host;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Delete;
import jakarta.data.repository.Insert;
import jakarta.data.repository.Repository;
import jakarta.data.repository.Update;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface HostRows {
  Mutiny.StatelessSession session();

  @Insert
  Uni<Void> insert(HostRow host);

  @Update
  Uni<Void> update(HostRow host);

  @Delete
  Uni<Void> delete(HostRow host);
}
