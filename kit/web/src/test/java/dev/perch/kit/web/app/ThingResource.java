package dev.perch.kit.web.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.Topic;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.MergePatch;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.idempotency.Answer;
import dev.perch.kit.web.idempotency.Idempotency;
import dev.perch.kit.web.idempotency.IdempotentRequest;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.page.Key;
import dev.perch.kit.web.page.LabelSelector;
import dev.perch.kit.web.page.PageRequest;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.page.Where;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import dev.perch.kit.web.watch.ChangeFeed;
import dev.perch.kit.web.watch.ChangeFeeds;
import dev.perch.kit.web.watch.Watches;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

@Path("/v1/things")
@Produces(MediaType.APPLICATION_JSON)
public class ThingResource {
  static final Topic LOG = Topic.log("perch.test.thing-changes");

  private record NewThing(UUID site, String name, Map<String, String> labels) {}

  private record Query(Optional<LabelSelector> labels, PageRequest page) {}

  private final Mutiny.SessionFactory sessions;
  private final Callers callers;
  private final Watches watches;
  private final ChangeFeed feed;

  ThingResource(
      Mutiny.SessionFactory sessions, Callers callers, Watches watches, ChangeFeeds feeds) {
    this.sessions = sessions;
    this.callers = callers;
    this.watches = watches;
    this.feed = feeds.of(LOG);
  }

  /** {@code wait} holds the transaction open, {@code fail} rolls it back after the insert. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  public Uni<Response> create(
      @Nullable JsonNode body,
      @HeaderParam(IdempotentRequest.HEADER) @Nullable String key,
      @HeaderParam("Test-Wait") @Nullable Integer wait,
      @HeaderParam("Test-Fail") @Nullable String fail) {
    Caller caller = callers.current();
    IdempotentRequest request = IdempotentRequest.of(caller.subject(), "/v1/things", key, body);
    NewThing thing = Fields.bind(body, ThingResource::shape);
    caller.requireSite(thing.site());
    return sessions
        .withStatelessTransaction(
            (session, transaction) ->
                Idempotency.once(
                    session,
                    request,
                    () -> insert(session, thing, wait == null ? 0 : wait, fail != null)))
        .map(Answer::response);
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public Uni<Response> list(@Context UriInfo uri) {
    Caller caller = callers.current();
    if (watches.isAsked()) {
      return watches.serve(feed, caller, event -> true);
    }
    Query query =
        Parameters.bind(
            uri,
            parameters -> {
              var labels = parameters.labels("labels");
              var page = parameters.page(Key.text("name"), Key.uuid("id"));
              return () -> new Query(Optional.ofNullable(labels.orNull()), page.get());
            });
    String cursor = feed.cursorNow();
    Where where = new Where();
    query.labels().ifPresent(labels -> labels.into(where, "labels"));
    PageRequest page = query.page();
    if (!page.isFirst()) {
      where.and("(name, id) > (?, ?)", page.after().toArray());
    }
    return sessions
        .withStatelessSession(
            session -> {
              var select =
                  session.createNativeQuery(
                      "select * from thing"
                          + where.sql()
                          + " order by name, id limit "
                          + page.fetch(),
                      ThingRow.class);
              for (int i = 0; i < where.parameters().size(); i++) {
                select.setParameter(i + 1, where.parameters().get(i));
              }
              return select.getResultList();
            })
        .map(
            rows ->
                page.of(rows, row -> List.of(row.name, row.id.toString()), ThingRow::toThing)
                    .answer(uri)
                    .header(Watches.CURSOR, cursor)
                    .build());
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    Caller caller = callers.current();
    return sessions
        .withStatelessSession(session -> find(session, id))
        .map(
            row -> {
              caller.requireSite(row.site);
              String etag = Etag.of(row.version, row.updatedAt);
              return Etag.isFresh(ifNoneMatch, etag)
                  ? Response.notModified().header(HttpHeaders.ETAG, etag).build()
                  : Answer.ok(etag, row.toThing()).response();
            });
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MergePatch.MEDIA_TYPE)
  @RolesAllowed(Roles.OPERATOR)
  public Uni<Response> change(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode patch) {
    return sessions
        .withStatelessTransaction(
            (session, transaction) ->
                find(session, id)
                    .flatMap(
                        row -> {
                          Etag.require(ifMatch, Etag.of(row.version, row.updatedAt));
                          JsonNode writable =
                              Json.MAPPER.valueToTree(new NewThing(row.site, row.name, row.labels));
                          NewThing thing = Fields.bindPatch(writable, patch, ThingResource::shape);
                          row.name = thing.name();
                          row.labels = thing.labels();
                          row.version++;
                          row.updatedAt = now();
                          return session.update(row).replaceWith(row);
                        }))
        .map(row -> Answer.ok(Etag.of(row.version, row.updatedAt), row.toThing()).response());
  }

  @GET
  @Path("/admin")
  @RolesAllowed(Roles.ADMIN)
  public Map<String, Object> admin() {
    Caller caller = callers.current();
    return Map.of("cause", caller.cause("thing.admin"), "roles", caller.roles());
  }

  /** Nothing can write this as JSON. */
  @GET
  @Path("/unwritable")
  @RolesAllowed(Roles.VIEWER)
  public Optional<String> unwritable() {
    return Optional.of("");
  }

  @GET
  @Path("/fault")
  @RolesAllowed(Roles.VIEWER)
  public Uni<Response> fault() {
    return Uni.createFrom().failure(new IllegalStateException("hunter2 is in the log only"));
  }

  /** No annotation says who may call it. */
  @GET
  @Path("/forgotten")
  public String forgotten() {
    return "";
  }

  private static java.util.function.Supplier<NewThing> shape(Fields fields) {
    var site = fields.required("site", Rules.uuid());
    var name = fields.required("name", Rules.label());
    var labels = fields.optional("labels", Rules.labels());
    fields.readOnly("id", "version");
    return () -> new NewThing(site.get(), name.get(), labels.orElse(Map.of()));
  }

  private static Uni<Answer> insert(
      Mutiny.StatelessSession session, NewThing thing, int wait, boolean fail) {
    ThingRow row = new ThingRow();
    row.id = UUID.randomUUID();
    row.site = thing.site();
    row.name = thing.name();
    row.labels = thing.labels();
    row.version = 1;
    row.updatedAt = now();
    Uni<Void> inserted = session.insert(row);
    if (wait > 0) {
      inserted =
          inserted.call(
              () ->
                  session
                      .createNativeQuery("select 1 from pg_sleep(?1)", Integer.class)
                      .setParameter(1, Duration.ofMillis(wait).toMillis() / 1000.0)
                      .getSingleResult());
    }
    return inserted.map(
        done -> {
          if (fail) {
            throw new Problem.Conflict("Asked for by the test.", List.of()).asException();
          }
          return Answer.created(
              "/v1/things/" + row.id, Etag.of(row.version, row.updatedAt), row.toThing());
        });
  }

  private static Uni<ThingRow> find(Mutiny.StatelessSession session, UUID id) {
    return session
        .get(ThingRow.class, id)
        .onItem()
        .ifNull()
        .failWith(() -> new Problem.NotFound("There is no thing " + id + ".").asException());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
