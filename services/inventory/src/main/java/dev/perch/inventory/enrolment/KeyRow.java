package dev.perch.inventory.enrolment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "agent_key")
class KeyRow {
  @Id UUID id;

  @Column(name = "host_id")
  UUID hostId;

  @Column(name = "signing_key")
  String signingKey;

  @Column(name = "encryption_key")
  String encryptionKey;

  @Column(name = "agent_version")
  String agentVersion;

  /** The link's settings its agent was given. */
  @Column(name = "link_spec")
  @Nullable String linkSpec;

  @Column(name = "enrolled_at")
  Instant enrolledAt;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;

  @Column(name = "revoked_because")
  @Nullable String revokedBecause;
}
