package dev.perch.inventory.group;

import dev.perch.contract.inventory.Group;
import dev.perch.inventory.Names;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Key;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.PageRequest;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.page.Where;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Which groups a list shows, in the order of their names, which are unique.
 *
 * @param name groups whose name begins with it
 */
record GroupQuery(@Nullable String name, PageRequest page) {

  static GroupQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          parameters.ignore("watch");
          Value<String> name = parameters.one("name", Names.group());
          Value<PageRequest> page = parameters.page(Key.text("name"));
          return () -> new GroupQuery(name.orNull(), page.get());
        });
  }

  Uni<Page<Group>> run(Mutiny.StatelessSession session) {
    var where = new Where();
    if (name != null) {
      where.and("starts_with(name, ?)", name);
    }
    if (!page.isFirst()) {
      where.and("name > ?", page.after().toArray());
    }
    var query =
        session.createNativeQuery(
            "select * from host_group" + where.sql() + " order by name limit " + page.fetch(),
            GroupRow.class);
    for (int i = 0; i < where.parameters().size(); i++) {
      query.setParameter(i + 1, where.parameters().get(i));
    }
    return query
        .getResultList()
        .map(rows -> page.of(rows, row -> List.of(row.name), GroupRow::toGroup));
  }
}
