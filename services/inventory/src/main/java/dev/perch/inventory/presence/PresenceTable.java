package dev.perch.inventory.presence;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** What {@code link_session} says about presence, in one transaction. */
final class PresenceTable {
  private static final String LOCK_SITES =
      """
      select pg_advisory_xact_lock(hashtextextended('presence ' || id, 4))::text
      from unnest(string_to_array(?1, ',')) id
      """;

  private static final String LOCK =
      """
      select l.host_id, l.number, l.presence, l.beat_every_millis, coalesce(l.silent_since, now()),
        s.unreachable_since is not null
      from link_session l join site s on s.id = l.site_id
      where l.host_id = any (cast(string_to_array(?1, ',') as uuid[])) order by l.host_id for update of l
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

  /** One that is locked is let in just now, or goes. */
  private static final String OFFLINE_WITH =
      """
      update link_session set presence = 'UNKNOWN'
      where host_id in (
        select host_id from link_session
        where site_id = ?1 and presence = 'OFFLINE'
          and silent_since between cast(?2 as timestamptz) - make_interval(secs => cast(?3 as float8))
                               and cast(?2 as timestamptz) + make_interval(secs => cast(?3 as float8))
        for update skip locked)
      returning host_id
      """;

  /**
   * Their silence began long ago, together: it must not count as another loss of the site. One
   * whose silence is over was let in. One that is locked is let in just now; if it is not after
   * all, {@link Replica} finds it.
   */
  private static final String JUDGE_UNKNOWN =
      """
      update link_session set silent_since = null,
        judge_at = now() + make_interval(secs => cast(?2 as float8))
      where host_id in (
        select host_id from link_session
        where site_id = ?1 and presence = 'UNKNOWN' and silent_since is not null
        for update skip locked)
      """;

  private final Mutiny.StatelessSession session;

  PresenceTable(Mutiny.StatelessSession session) {
    this.session = session;
  }

  /**
   * A host's row.
   *
   * @param siteAway whether its site is unreachable
   */
  record Standing(
      long number, Presence presence, long beatMillis, Instant silentSince, boolean siteAway) {}

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

  /** Takes the sites for this transaction, in an order that all have. */
  Uni<Void> lockSites(Stream<UUID> sites) {
    return session
        .createNativeQuery(LOCK_SITES, String.class)
        .setParameter(1, list(sites))
        .getResultList()
        .replaceWithVoid();
  }

  /** Those of the hosts that have a session, locked in the order in which all lock them. */
  Uni<Map<UUID, Standing>> lock(Stream<UUID> hosts) {
    return session
        .createNativeQuery(LOCK, Object[].class)
        .setParameter(1, list(hosts))
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            row -> (UUID) row[0],
                            row ->
                                new Standing(
                                    number(row[1]),
                                    Presence.valueOf((String) row[2]),
                                    number(row[3]),
                                    ((OffsetDateTime) row[4]).toInstant(),
                                    (Boolean) row[5]))));
  }

  private static String list(Stream<UUID> ids) {
    return ids.map(UUID::toString).sorted().distinct().collect(Collectors.joining(","));
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
