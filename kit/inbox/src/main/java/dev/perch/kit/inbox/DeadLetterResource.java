package dev.perch.kit.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.page.Key;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.PageRequest;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that could not be applied: list them, apply them again, give them up. */
@Path("/v1/admin/dead-letters")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
class DeadLetterResource {
  private final Inbox inbox;
  private final Callers callers;
  private final Transactions transactions;
  private final LetterBook book = new LetterBook();

  DeadLetterResource(Inbox inbox, Callers callers, AgroalDataSource database) {
    this.inbox = inbox;
    this.callers = callers;
    transactions = new Transactions(database);
  }

  /** Which letters a list shows. */
  enum Shown {
    WAITING,
    ALL
  }

  private record Filter(@Nullable String consumer, Shown shown, PageRequest page) {}

  /** Which letters are meant; without offsets the oldest ones that wait. */
  private record Chosen(String consumer, List<Long> letterOffsets) {}

  /** What became of the letters that were waiting. */
  record Outcomes(List<Replay.Outcome> outcomes) {}

  @GET
  public Response list(@Context UriInfo uri) throws SQLException {
    callers.current().requireAllSites();
    Filter filter =
        Parameters.bind(
            uri,
            p -> {
              var consumer = p.one("consumer", Rules.text(1, 200));
              var shown = p.one("shown", Rules.oneOf(Shown.class));
              var page = p.page(Key.text("consumer"), Key.number("letterOffset"));
              return () -> new Filter(consumer.orNull(), shown.orElse(Shown.WAITING), page.get());
            });
    var query =
        new LetterBook.Query(
            filter.consumer(),
            filter.shown() == Shown.ALL,
            after(filter.page()),
            filter.page().fetch());
    List<Letter> letters = transactions.run(session -> book.list(session, query));
    Page<Letter> page = filter.page().of(letters, DeadLetterResource::place, letter -> letter);
    return page.answer(uri).build();
  }

  /** Takes the oldest 1000 that wait if the body names none. */
  @POST
  @Path("replays")
  public Outcomes replay(@Nullable JsonNode body) throws SQLException {
    callers.current().requireAllSites();
    Chosen chosen =
        Fields.bind(
            body,
            f -> {
              var consumer = f.required("consumer", consumer());
              var offsets = f.optional("letterOffsets", offsets());
              return () -> new Chosen(consumer.get(), offsets.orElse(List.of()));
            });
    return new Outcomes(replayOf(chosen).replay(chosen.letterOffsets()));
  }

  @POST
  @Path("discards")
  public Outcomes discard(@Nullable JsonNode body) throws SQLException {
    callers.current().requireAllSites();
    Chosen chosen =
        Fields.bind(
            body,
            f -> {
              var consumer = f.required("consumer", consumer());
              var offsets = f.required("letterOffsets", offsets());
              return () -> new Chosen(consumer.get(), offsets.get());
            });
    return new Outcomes(replayOf(chosen).discard(chosen.letterOffsets()));
  }

  private Replay replayOf(Chosen chosen) {
    return inbox.subscription(chosen.consumer()).replay();
  }

  /** A consumer of this service. */
  private Rule<String> consumer() {
    return (node, at) -> {
      if (node.isTextual() && inbox.subscriptions().containsKey(node.textValue())) {
        return node.textValue();
      }
      at.refuse(
          "value.not-allowed",
          node,
          "Use one of " + String.join(", ", inbox.subscriptions().keySet()));
      return null;
    };
  }

  private static Rule<List<Long>> offsets() {
    return Rules.list(Rules.integer(0, Long.MAX_VALUE), Replay.MOST);
  }

  private static List<String> place(Letter letter) {
    return List.of(letter.consumer(), Long.toString(letter.letterOffset()));
  }

  private static LetterBook.After after(PageRequest page) {
    return page.isFirst()
        ? LetterBook.After.NOTHING
        : new LetterBook.After(page.after(0, String.class), page.after(1, Long.class));
  }
}
