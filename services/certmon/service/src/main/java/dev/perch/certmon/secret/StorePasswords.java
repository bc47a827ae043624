package dev.perch.certmon.secret;

import dev.perch.certmon.credential.SealedCredentials;
import dev.perch.certmon.kubernetes.SecretTarget.Password;
import dev.perch.certmon.kubernetes.SecretTarget.Stores;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.seal.Seal;
import dev.perch.kit.seal.SealedColumn;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The table {@code certificate_secret}: passwords of certificates' stores, sealed. */
public final class StorePasswords {
  private final SealedCredentials<StoreCredential> table;

  public StorePasswords(Seal seal) {
    table =
        new SealedCredentials<>(
            seal, StoreCredential.class, "certificate_secret", "certificate_id");
  }

  SealedColumn column() {
    return table.column();
  }

  /** Keeps what was given in place of what there was. */
  public Uni<Void> keep(
      Mutiny.StatelessSession session, UUID certificate, Map<StoreCredential, String> given) {
    return table.keep(session, certificate, given);
  }

  /** The stores that a target of a certificate wants; null if it wants none. */
  @Nullable Stores stores(Connection connection, Certificate certificate, int target)
      throws SQLException {
    Target.Secret secret = certificate.targets().get(target).secret();
    Target.Pkcs12 wanted = secret == null ? null : secret.pkcs12();
    if (wanted == null) {
      return null;
    }
    Target.PasswordFrom from = wanted.passwordFrom();
    return new Stores(
        from == null
            ? own(connection, certificate.id())
            : new Password.Elsewhere(from.secret(), from.key()));
  }

  private Password own(Connection connection, UUID certificate) throws SQLException {
    String known =
        table.open(connection, certificate).secrets().get(StoreCredential.PKCS12_PASSWORD);
    return known == null ? new Password.Made() : new Password.Known(known);
  }
}
