package dev.perch.inventory.document;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Read only: the projection writes it. */
@Entity
@Table(name = "host_document")
@IdClass(DocumentRow.Key.class)
class DocumentRow {
  @Id
  @Column(name = "host_id")
  UUID hostId;

  @Id String aspect;
  String service;
  String driver;
  long generation;
  String spec;

  @Column(name = "received_at")
  Instant receivedAt;

  record Key(UUID hostId, String aspect) {}
}
