package dev.perch.inventory.site;

import dev.perch.contract.inventory.Site;
import dev.perch.inventory.Names;
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
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Which sites a list shows, in the order of their names, which are unique.
 *
 * @param name sites whose name begins with it
 */
record SiteQuery(@Nullable String name, @Nullable LabelSelector labels, PageRequest page) {

  static SiteQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          parameters.ignore("watch");
          Value<String> name = parameters.one("name", Names.site());
          Value<LabelSelector> labels = parameters.labels("labels");
          Value<PageRequest> page = parameters.page(Key.text("name"));
          return () -> new SiteQuery(name.orNull(), labels.orNull(), page.get());
        });
  }

  Uni<Page<Site>> run(Mutiny.StatelessSession session, Caller caller) {
    var where = new Where();
    caller.sites().ifPresent(own -> where.and("id = any (?)", (Object) own.toArray(UUID[]::new)));
    if (name != null) {
      where.and("starts_with(name, ?)", name);
    }
    if (labels != null) {
      labels.into(where, "labels");
    }
    if (!page.isFirst()) {
      where.and("name > ?", page.after().toArray());
    }
    var query =
        session.createNativeQuery(
            "select * from site" + where.sql() + " order by name limit " + page.fetch(),
            SiteRow.class);
    for (int i = 0; i < where.parameters().size(); i++) {
      query.setParameter(i + 1, where.parameters().get(i));
    }
    return query
        .getResultList()
        .map(rows -> page.of(rows, row -> List.of(row.name), SiteRow::toSite));
  }
}
