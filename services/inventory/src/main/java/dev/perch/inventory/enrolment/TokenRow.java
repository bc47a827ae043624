package dev.perch.inventory.enrolment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "enrolment_token")
class TokenRow {
  @Id UUID id;

  @Column(name = "host_id")
  UUID hostId;

  /** SHA-256; the secret has 256 random bits, so nothing slower is needed. */
  @Column(name = "secret_hash")
  byte[] secretHash;

  boolean replaces;

  @Column(name = "created_by")
  String createdBy;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "used_for")
  @Nullable String usedFor;
}
