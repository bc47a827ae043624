package dev.perch.certmon.issuer;

import dev.perch.contract.certmon.Issuer;
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
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Which issuers a list shows, in the order of their names, which are unique.
 *
 * @param name issuers whose name begins with it
 */
record IssuerQuery(@Nullable String name, @Nullable LabelSelector labels, PageRequest page) {

  static IssuerQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          parameters.ignore("watch");
          Value<String> name = parameters.one("name", Rules.label());
          Value<LabelSelector> labels = parameters.labels("labels");
          Value<PageRequest> page = parameters.page(Key.text("name"));
          return () -> new IssuerQuery(name.orNull(), labels.orNull(), page.get());
        });
  }

  Uni<Page<Issuer>> run(Mutiny.StatelessSession session, Issuers issuers) {
    var where = new Where();
    if (name != null) {
      where.and("starts_with(name, ?)", name);
    }
    if (labels != null) {
      labels.into(where, "(document -> 'labels')");
    }
    if (!page.isFirst()) {
      where.and("name > ?", page.after().toArray());
    }
    return issuers
        .query(
            session,
            "select cast(document as text) from issuer"
                + where.sql()
                + " order by name limit "
                + page.fetch(),
            where.parameters())
        .map(rows -> page.of(rows, issuer -> List.of(issuer.name()), issuer -> issuer));
  }
}
