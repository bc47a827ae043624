package dev.perch.certmon.certificate;

import dev.perch.certmon.site.Sites;
import dev.perch.contract.certmon.Certificate;
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
 * Which certificates a list shows, in the order of their names, then of their ids.
 *
 * @param name those whose name begins with it
 */
record CertificateQuery(
    List<UUID> sites,
    List<UUID> issuers,
    List<Certificate.State> states,
    @Nullable String name,
    @Nullable LabelSelector labels,
    PageRequest page) {

  static CertificateQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          parameters.ignore("watch");
          Value<List<UUID>> sites = parameters.anyOf("site", Rules.uuid());
          Value<List<UUID>> issuers = parameters.anyOf("issuer", Rules.uuid());
          Value<List<Certificate.State>> states =
              parameters.anyOf("state", Rules.oneOf(Certificate.State.class));
          Value<String> name = parameters.one("name", Rules.dnsName());
          Value<LabelSelector> labels = parameters.labels("labels");
          Value<PageRequest> page = parameters.page(Key.text("name"), Key.uuid("id"));
          return () ->
              new CertificateQuery(
                  sites.orElse(List.of()),
                  issuers.orElse(List.of()),
                  states.orElse(List.of()),
                  name.orNull(),
                  labels.orNull(),
                  page.get());
        });
  }

  Uni<Page<Certificate>> run(
      Mutiny.StatelessSession session, Certificates certificates, Caller caller) {
    Where where = Sites.visible(caller);
    anyOf(where, "site_id", sites.toArray(UUID[]::new));
    anyOf(where, "issuer_id", issuers.toArray(UUID[]::new));
    anyOf(where, "state", states.stream().map(Enum::name).toArray(String[]::new));
    if (name != null) {
      where.and("starts_with(name, ?)", name);
    }
    if (labels != null) {
      labels.into(where, "(document -> 'labels')");
    }
    if (!page.isFirst()) {
      where.and("(name, id) > (?, ?)", page.after().toArray());
    }
    return certificates
        .query(
            session,
            "select cast(document as text) from certificate"
                + where.sql()
                + " order by name, id limit "
                + page.fetch(),
            where.parameters())
        .map(rows -> page.of(rows, one -> List.of(one.name(), one.id().toString()), one -> one));
  }

  private static void anyOf(Where where, String column, Object[] values) {
    if (values.length > 0) {
      where.and(column + " = any (?)", (Object) values);
    }
  }
}
