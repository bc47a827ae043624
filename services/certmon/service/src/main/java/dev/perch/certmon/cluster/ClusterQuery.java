package dev.perch.certmon.cluster;

import dev.perch.contract.certmon.Cluster;
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
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Which clusters a list shows, in the order of their names, which are unique.
 *
 * @param name clusters whose name begins with it
 */
record ClusterQuery(@Nullable String name, @Nullable LabelSelector labels, PageRequest page) {

  static ClusterQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          parameters.ignore("watch");
          Value<String> name = parameters.one("name", Rules.label());
          Value<LabelSelector> labels = parameters.labels("labels");
          Value<PageRequest> page = parameters.page(Key.text("name"));
          return () -> new ClusterQuery(name.orNull(), labels.orNull(), page.get());
        });
  }

  Uni<Page<Cluster>> run(Mutiny.StatelessSession session, Clusters clusters, Caller caller) {
    var where = new Where();
    caller
        .sites()
        .ifPresent(
            own ->
                where.and(
                    "(site_id is null or site_id = any (?))", (Object) own.toArray(UUID[]::new)));
    if (name != null) {
      where.and("starts_with(name, ?)", name);
    }
    if (labels != null) {
      labels.into(where, "(document -> 'labels')");
    }
    if (!page.isFirst()) {
      where.and("name > ?", page.after().toArray());
    }
    return clusters
        .query(
            session,
            "select cast(document as text) from cluster"
                + where.sql()
                + " order by name limit "
                + page.fetch(),
            where.parameters())
        .map(rows -> page.of(rows, cluster -> List.of(cluster.name()), cluster -> cluster));
  }
}
