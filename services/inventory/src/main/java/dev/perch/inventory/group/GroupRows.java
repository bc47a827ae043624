package dev.perch.inventory.group;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Delete;
import jakarta.data.repository.Insert;
import jakarta.data.repository.Repository;
import jakarta.data.repository.Update;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface GroupRows {
  Mutiny.StatelessSession session();

  @Insert
  Uni<Void> insert(GroupRow group);

  @Update
  Uni<Void> update(GroupRow group);

  @Delete
  Uni<Void> delete(GroupRow group);
}
