package dev.perch.certmon.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Json;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What an authority elsewhere was not told yet: whoever asks it still takes these certificates for
 * valid.
 *
 * @param count how many there are
 * @param revocations those that are valid longest, 100 at most
 */
record Undone(long count, List<Untold> revocations) {
  private static final String UNTOLD =
      """
      from revision r join work_item w
        on w.queue = 'revocations' and w.key = cast(r.certificate_id as text) || '/' || r.number
      where r.issuer_id = ?1 and r.status = 'REVOKED' and r.told_at is null and r.not_after > now()
      """;
  private static final String COUNT = "select count(*) " + UNTOLD;
  private static final String LIST =
      """
      select cast(jsonb_build_object('certificateId', r.certificate_id, 'revision', r.number,
        'serial', r.serial, 'reason', r.reason, 'notAfter', r.not_after) as text)
      """
          + UNTOLD
          + " order by r.not_after desc, r.serial limit 100";

  Undone {
    revocations = List.copyOf(revocations);
  }

  /**
   * A revision that is revoked here and nowhere else.
   *
   * @param serial hexadecimal
   */
  record Untold(UUID certificateId, int revision, String serial, String reason, Instant notAfter) {}

  static Uni<Undone> of(Mutiny.StatelessSession session, UUID issuer) {
    return session
        .createNativeQuery(COUNT, Long.class)
        .setParameter(1, issuer)
        .getSingleResult()
        .chain(count -> list(session, issuer).map(untold -> new Undone(count, untold)));
  }

  /** In a sentence. */
  String summary() {
    return "It was not told that "
        + count
        + (count == 1 ? " certificate is revoked" : " certificates are revoked");
  }

  private static Uni<List<Untold>> list(Mutiny.StatelessSession session, UUID issuer) {
    return session
        .createNativeQuery(LIST, String.class)
        .setParameter(1, issuer)
        .getResultList()
        .map(rows -> rows.stream().map(Undone::read).toList());
  }

  private static Untold read(String row) {
    try {
      return Json.MAPPER.readValue(row, Untold.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a revision is damaged", e);
    }
  }
}
