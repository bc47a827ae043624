package dev.perch.kit.web.idempotency;

import dev.perch.kit.web.Problem;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Does a request once per subject, path and key. The answer is kept in the transaction of the work
 * itself, so there is never one without the other; work that fails leaves nothing behind and may be
 * sent again with the same key.
 */
public final class Idempotency {

  /*
   * The lock keeps two requests with one key from working at the same time. The look-up of a request
   * that got the lock just as its twin committed may not see the twin's answer yet; its own insert
   * then finds the row, and all its work is rolled back.
   */
  private static final String BEGIN =
      """
      with asked as (
        select cast(?1 as text) as subject, cast(?2 as text) as path, cast(?3 as text) as key
      )
      select pg_try_advisory_xact_lock(
               hashtextextended(
                 jsonb_build_array('idempotency', asked.subject, asked.path, asked.key)::text, 0)),
             k.body_hash, k.status, k.location, k.etag, k.body
      from asked
      left join idempotency_key k
        on (k.subject, k.path, k.key) = (asked.subject, asked.path, asked.key)
        and k.created_at > now() - interval '24 hours'
      """;

  private static final String KEEP =
      """
      insert into idempotency_key as k (subject, path, key, body_hash, status, location, etag, body)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      on conflict (subject, path, key) do update
      set body_hash = excluded.body_hash, status = excluded.status, location = excluded.location,
          etag = excluded.etag, body = excluded.body, created_at = excluded.created_at
      where k.created_at <= now() - interval '24 hours'
      """;

  private Idempotency() {}

  /**
   * @param session in the transaction that also does the work
   * @param request null for a request without a key, which costs nothing here
   * @param work asked for at most once
   * @return the work's answer, or the one kept; fails with {@link Problem.IdempotencyInFlight} or
   *     {@link Problem.IdempotencyKeyReused}
   */
  public static Uni<Answer> once(
      Mutiny.StatelessSession session,
      @Nullable IdempotentRequest request,
      Supplier<Uni<Answer>> work) {
    if (request == null) {
      return work.get();
    }
    return session
        .createNativeQuery(BEGIN, Object[].class)
        .setParameter(1, request.subject())
        .setParameter(2, request.path())
        .setParameter(3, request.key())
        .getSingleResult()
        .flatMap(
            row -> {
              if (row[1] instanceof byte[] bodyHash) {
                return Uni.createFrom().item(kept(request, bodyHash, row));
              }
              if (!Boolean.TRUE.equals(row[0])) {
                throw new Problem.IdempotencyInFlight().asException();
              }
              return work.get().call(answer -> keep(session, request, answer));
            });
  }

  private static Answer kept(IdempotentRequest request, byte[] bodyHash, Object[] row) {
    if (!Arrays.equals(bodyHash, request.bodyHash())) {
      throw new Problem.IdempotencyKeyReused().asException();
    }
    return new Answer(
        ((Number) row[2]).intValue(),
        (@Nullable String) row[3],
        (@Nullable String) row[4],
        (@Nullable String) row[5],
        true);
  }

  private static Uni<Void> keep(
      Mutiny.StatelessSession session, IdempotentRequest request, Answer answer) {
    return session
        .createNativeQuery(KEEP)
        .setParameter(1, request.subject())
        .setParameter(2, request.path())
        .setParameter(3, request.key())
        .setParameter(4, request.bodyHash())
        .setParameter(5, answer.status())
        .setParameter(6, answer.location())
        .setParameter(7, answer.etag())
        .setParameter(8, answer.body())
        .executeUpdate()
        .invoke(
            rows -> {
              if (rows == 0) {
                throw new Problem.IdempotencyInFlight().asException();
              }
            })
        .replaceWithVoid();
  }
}
