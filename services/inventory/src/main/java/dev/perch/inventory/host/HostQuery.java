package dev.perch.inventory.host;

import dev.perch.contract.inventory.Host;
import dev.perch.inventory.Names;
import dev.perch.inventory.group.Groups;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Key;
import dev.perch.kit.web.page.LabelSelector;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.PageRequest;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.page.Where;
import dev.perch.kit.web.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts a list shows, in the order of their names.
 *
 * @param name hosts whose name begins with it
 * @param group hosts that the group of this name selects
 */
record HostQuery(
    @Nullable List<UUID> sites,
    @Nullable String name,
    @Nullable List<Host.Personality> personalities,
    @Nullable List<Host.Administrative> administrative,
    @Nullable List<Host.Operational> operational,
    @Nullable List<Host.Availability> availability,
    @Nullable List<Host.Lifecycle> lifecycle,
    @Nullable LabelSelector labels,
    @Nullable String group,
    PageRequest page) {

  static HostQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          parameters.ignore("watch");
          Value<List<UUID>> sites = parameters.anyOf("site", Rules.uuid());
          Value<String> name = parameters.one("name", Names.host());
          Value<List<Host.Personality>> personalities =
              parameters.anyOf("personality", Rules.oneOf(Host.Personality.class));
          Value<List<Host.Administrative>> administrative =
              parameters.anyOf("administrative", Rules.oneOf(Host.Administrative.class));
          Value<List<Host.Operational>> operational =
              parameters.anyOf("operational", Rules.oneOf(Host.Operational.class));
          Value<List<Host.Availability>> availability =
              parameters.anyOf("availability", Rules.oneOf(Host.Availability.class));
          Value<List<Host.Lifecycle>> lifecycle =
              parameters.anyOf("lifecycle", Rules.oneOf(Host.Lifecycle.class));
          Value<LabelSelector> labels = parameters.labels("labels");
          Value<String> group = parameters.one("group", Names.group());
          Value<PageRequest> page = parameters.page(Key.text("name"), Key.uuid("id"));
          return () ->
              new HostQuery(
                  sites.orNull(),
                  name.orNull(),
                  personalities.orNull(),
                  administrative.orNull(),
                  operational.orNull(),
                  availability.orNull(),
                  lifecycle.orNull(),
                  labels.orNull(),
                  group.orNull(),
                  page.get());
        });
  }

  /** Fails with {@link dev.perch.kit.web.Problem.Invalid} if there is no such group. */
  Uni<Page<Host>> run(Mutiny.StatelessSession session, Caller caller) {
    Where where = where(caller);
    return group == null
        ? run(session, where)
        : Groups.selector(session, group)
            .invoke(selector -> selector.into(where, ""))
            .chain(() -> run(session, where));
  }

  private Uni<Page<Host>> run(Mutiny.StatelessSession session, Where where) {
    var query =
        session.createNativeQuery(
            "select * from host" + where.sql() + " order by name, id limit " + page.fetch(),
            HostRow.class);
    for (int i = 0; i < where.parameters().size(); i++) {
      query.setParameter(i + 1, where.parameters().get(i));
    }
    return query
        .getResultList()
        .map(rows -> page.of(rows, row -> List.of(row.name, row.id.toString()), HostRow::toHost));
  }

  private Where where(Caller caller) {
    var where = new Where();
    caller.sites().ifPresent(own -> where.and("site_id = any (?)", (Object) ids(own)));
    if (sites != null) {
      where.and("site_id = any (?)", (Object) ids(sites));
    }
    if (name != null) {
      where.and("starts_with(name, ?)", name);
    }
    anyOf(where, "personality", personalities);
    anyOf(where, "administrative", administrative);
    anyOf(where, "operational", operational);
    anyOf(where, "availability", availability);
    anyOf(where, "lifecycle", lifecycle);
    if (labels != null) {
      labels.into(where, "labels");
    }
    if (!page.isFirst()) {
      where.and("(name, id) > (?, ?)", page.after().toArray());
    }
    return where;
  }

  private static void anyOf(Where where, String column, @Nullable List<? extends Enum<?>> values) {
    if (values != null) {
      where.and(
          column + " = any (?)", (Object) values.stream().map(Enum::name).toArray(String[]::new));
    }
  }

  private static UUID[] ids(Collection<UUID> ids) {
    return ids.toArray(UUID[]::new);
  }
}
