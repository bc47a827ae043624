package dev.perch.inventory.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Json;
import io.smallrye.mutiny.Uni;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Reads what checks look at: one statement, so that all of it is of one instant. */
public final class Subjects {
  private static final String READ =
      """
      select jsonb_build_object(
        'now', now(),
        'host', jsonb_build_object('id', h.id, 'siteId', h.site_id, 'name', h.name,
          'personality', h.personality, 'labels', h.labels,
          'bmc', case when h.bmc_address is not null
                      then jsonb_build_object('address', h.bmc_address) end,
          'state', jsonb_build_object('administrative', h.administrative,
            'operational', h.operational, 'availability', h.availability,
            'lifecycle', h.lifecycle),
          'version', h.version, 'createdAt', h.created_at, 'updatedAt', h.updated_at),
        'site', jsonb_build_object('unreachableSince', s.unreachable_since),
        'session', (select jsonb_build_object('presence', l.presence, 'address', l.address,
            'beatEveryMillis', l.beat_every_millis, 'silentSince', l.silent_since,
            'judgeAt', l.judge_at, 'duplicateAt', l.duplicate_at)
          from link_session l where l.host_id = h.id),
        'agent', (select jsonb_build_object('outdated', k.outdated)
          from agent_key k where k.host_id = h.id and k.revoked_at is null),
        'facets', (select jsonb_object_agg(r.name, r.state::jsonb)
          from host_report r where r.kind = 'facet' and r.host_id = h.id),
        'factsConfirmedAt', (select f.confirmed_at from host_facts f where f.host_id = h.id),
        'documents', (select jsonb_agg(jsonb_build_object('aspect', d.aspect,
            'generation', d.generation,
            'reached', (o.state::jsonb ->> 'generation')::bigint,
            'applied', jsonb_path_query_first(o.state::jsonb,
              '$.conditions[*] ? (@.type == "Applied").status')) order by d.aspect)
          from host_document d left join host_report o
            on o.kind = 'observation' and o.host_id = d.host_id and o.name = d.aspect
          where d.host_id = h.id),
        'operations', (select jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind,
            'state', p.state) order by p.id)
          from operation p where p.target = 'hosts/' || h.id and p.finished_at is null))::text
      from host h join site s on s.id = h.site_id where h.id = %s
      """;

  private static final String JDBC = READ.formatted("?");

  private static final String REACTIVE = READ.formatted("?1");

  private Subjects() {}

  /** A host and all about it; empty if there is none. */
  public static Optional<Subject> find(Connection connection, UUID host) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(JDBC)) {
      select.setObject(1, host);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row.getString(1))) : Optional.empty();
      }
    }
  }

  /** The same in a session; null if there is none. */
  public static Uni<@Nullable Subject> find(Mutiny.StatelessSession session, UUID host) {
    return session
        .createNativeQuery(REACTIVE, String.class)
        .setParameter(1, host)
        .getSingleResultOrNull()
        .map(row -> row == null ? null : read(row));
  }

  private static Subject read(String json) {
    try {
      return Json.MAPPER.readValue(json, Subject.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
