package dev.perch.inventory.presence;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What {@code link_session} says about presence, in one transaction. */
final class PresenceTable {
  private static final String LOCK_SITE =
      "select pg_advisory_xact_lock(hashtextextended('presence ' || ?1, 4))::text";

  private static final String LOCK =
      """
      select number, presence, beat_every_millis, coalesce(silent_since, now())
      from link_session where host_id = ?1 for update
      """;

  private static final String PRESENT =
      """
      update link_session set presence = 'PRESENT', silent_since = null, judge_at = null
      where host_id = ?1
      """;

  private static final String SILENT =
      """
      update link_session set presence = ?2, judge_at = null,
        silent_since = coalesce(silent_since, now() - make_interval(secs => cast(?3 as float8)))
      where host_id = ?1
      """;

  /** A host is lost with another if their silences began within one interval. */
  private static final String SITE =
      """
      select s.unreachable_since is not null,
        count(l.host_id),
        count(l.host_id) filter (
          where (l.presence in ('DEGRADED', 'OFFLINE', 'UNKNOWN') or l.judge_at <= now())
            and l.silent_since between cast(?2 as timestamptz) - make_interval(secs => cast(?3 as float8))
                                   and cast(?2 as timestamptz) + make_interval(secs => cast(?3 as float8)))
      from site s left join link_session l on l.site_id = s.id and l.presence <> 'NONE'
      where s.id = ?1 group by s.id
      """;

  private static final String OFFLINE_WITH =
      """
      update link_session set presence = 'UNKNOWN'
      where site_id = ?1 and presence = 'OFFLINE'
        and silent_since between cast(?2 as timestamptz) - make_interval(secs => cast(?3 as float8)) and cast(?2 as timestamptz) + make_interval(secs => cast(?3 as float8))
      returning host_id
      """;

  /** Their silence began long ago, together: it must not count as another loss of the site. */
  private static final String JUDGE_UNKNOWN =
      """
      update link_session set judge_at = now() + make_interval(secs => cast(?2 as float8)), silent_since = null
      where site_id = ?1 and presence = 'UNKNOWN'
      """;

  private final Mutiny.StatelessSession session;

  PresenceTable(Mutiny.StatelessSession session) {
    this.session = session;
  }

  /** A host's row. */
  record Standing(long number, Presence presence, long beatMillis, Instant silentSince) {}

  /**
   * A site, as one of its hosts is lost.
   *
   * @param members hosts with an agent
   * @param lost those that fell silent within one interval of that host, itself included
   */
  record Site(boolean isUnreachable, long members, long lost) {
    boolean isLost() {
      return (members >= 2 && lost >= members) || (members >= 4 && lost * 2 > members);
    }
  }

  Uni<Void> lockSite(UUID site) {
    return session
        .createNativeQuery(LOCK_SITE, String.class)
        .setParameter(1, site.toString())
        .getSingleResult()
        .replaceWithVoid();
  }

  Uni<@Nullable Standing> lock(UUID host) {
    return session
        .createNativeQuery(LOCK, Object[].class)
        .setParameter(1, host)
        .getSingleResultOrNull()
        .map(
            row ->
                row == null
                    ? null
                    : new Standing(
                        number(row[0]),
                        Presence.valueOf((String) row[1]),
                        number(row[2]),
                        ((OffsetDateTime) row[3]).toInstant()));
  }

  Uni<Void> present(UUID host) {
    return update(session.createNativeQuery(PRESENT).setParameter(1, host));
  }

  Uni<Void> silent(UUID host, Presence presence, Duration silentFor) {
    return update(
        session
            .createNativeQuery(SILENT)
            .setParameter(1, host)
            .setParameter(2, presence.name())
            .setParameter(3, seconds(silentFor)));
  }

  Uni<Site> site(UUID site, Instant since, Duration interval) {
    return session
        .createNativeQuery(SITE, Object[].class)
        .setParameter(1, site)
        .setParameter(2, since)
        .setParameter(3, seconds(interval))
        .getSingleResult()
        .map(row -> new Site((Boolean) row[0], number(row[1]), number(row[2])));
  }

  Uni<List<UUID>> offlineWith(UUID site, Instant since, Duration interval) {
    return session
        .createNativeQuery(OFFLINE_WITH, UUID.class)
        .setParameter(1, site)
        .setParameter(2, since)
        .setParameter(3, seconds(interval))
        .getResultList();
  }

  Uni<Void> judgeUnknown(UUID site, Duration window) {
    return update(
        session
            .createNativeQuery(JUDGE_UNKNOWN)
            .setParameter(1, site)
            .setParameter(2, seconds(window)));
  }

  private static Uni<Void> update(Mutiny.Query<?> query) {
    return query.executeUpdate().replaceWithVoid();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
