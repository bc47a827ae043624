package dev.perch.inventory.enrolment;

import io.smallrye.mutiny.Uni;
import jakarta.data.repository.Insert;
import jakarta.data.repository.Repository;
import jakarta.data.repository.Update;
import org.hibernate.reactive.mutiny.Mutiny;

@Repository
interface TokenRows {
  Mutiny.StatelessSession session();

  @Insert
  Uni<Void> insert(TokenRow token);

  @Update
  Uni<Void> update(TokenRow token);
}
