package dev.perch.kit.timeline;

import dev.perch.contract.Resource;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Key;
import dev.perch.kit.web.page.LabelSelector;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.PageRequest;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.page.Where;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Which resources of a kind a list shows, in the order of their names, which are unique: a column
 * {@code name} of the kind's table.
 *
 * @param name those whose name begins with it
 */
public record NamedQuery(@Nullable String name, @Nullable LabelSelector labels, PageRequest page) {

  public static NamedQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          parameters.ignore("watch");
          Value<String> name = parameters.one("name", Rules.label());
          Value<LabelSelector> labels = parameters.labels("labels");
          Value<PageRequest> page = parameters.page(Key.text("name"));
          return () -> new NamedQuery(name.orNull(), labels.orNull(), page.get());
        });
  }

  /**
   * @param where what holds of all that the caller may see
   */
  public <R extends Resource> Uni<Page<R>> run(
      Mutiny.StatelessSession session,
      Resources<R> resources,
      Function<R, String> named,
      Where where) {
    if (name != null) {
      where.and("starts_with(name, ?)", name);
    }
    if (labels != null) {
      labels.into(where, "(document -> 'labels')");
    }
    if (!page.isFirst()) {
      where.and("name > ?", page.after().toArray());
    }
    return resources
        .query(
            session,
            "select cast(document as text) from "
                + resources.kind().table()
                + where.sql()
                + " order by name limit "
                + page.fetch(),
            where.parameters())
        .map(rows -> page.of(rows, row -> List.of(named.apply(row)), row -> row));
  }
}
