package dev.perch.kit.reconcile.operation;

import dev.perch.contract.operation.Operation;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Key;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.PageRequest;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.page.Where;
import dev.perch.kit.web.security.Caller;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A list of operations, newest first: its filters and its page. */
record OperationQuery(
    List<String> target,
    List<String> kind,
    List<Operation.State> state,
    List<UUID> site,
    PageRequest page) {

  static OperationQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        p -> {
          p.ignore("watch");
          Value<List<String>> target = p.anyOf("target", Rules.text(1, 500));
          Value<List<String>> kind = p.anyOf("kind", Rules.text(1, 100));
          Value<List<Operation.State>> state = p.anyOf("state", Rules.oneOf(Operation.State.class));
          Value<List<UUID>> site = p.anyOf("site", Rules.uuid());
          Value<PageRequest> page = p.page(Key.uuid("id"));
          return () ->
              new OperationQuery(
                  target.orElse(List.of()),
                  kind.orElse(List.of()),
                  state.orElse(List.of()),
                  site.orElse(List.of()),
                  page.get());
        });
  }

  Page<Operation> run(OperationBook book, Caller caller) throws SQLException {
    Where where = new Where();
    caller
        .sites()
        .ifPresent(
            own ->
                where.and("(site is null or site = any (?))", (Object) own.toArray(UUID[]::new)));
    among(where, "target", target);
    among(where, "kind", kind);
    among(where, "state", state.stream().map(Operation.State::name).toList());
    if (!site.isEmpty()) {
      where.and("site = any (?)", (Object) site.toArray(UUID[]::new));
    }
    if (!page.isFirst()) {
      where.and("id < ?", page.after(0, UUID.class));
    }
    return page.of(
        book.list(where, page.fetch()), kept -> List.of(kept.id().toString()), Kept::shown);
  }

  private static void among(Where where, String column, List<String> values) {
    if (!values.isEmpty()) {
      where.and(column + " = any (?)", (Object) values.toArray(String[]::new));
    }
  }
}
