package dev.perch.certmon.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.site.Sites;
import dev.perch.contract.Catalogue;
import dev.perch.contract.certmon.Cluster;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.timeline.NamedQuery;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.timeline.TimelineQuery;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.MergePatch;
import dev.perch.kit.web.idempotency.Answer;
import dev.perch.kit.web.idempotency.Idempotency;
import dev.perch.kit.web.idempotency.IdempotentRequest;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import dev.perch.kit.web.watch.ChangeFeed;
import dev.perch.kit.web.watch.ChangeFeeds;
import dev.perch.kit.web.watch.Watches;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Clusters over HTTP. One of a site is for that site; one of none is for those who are limited to
 * none, and everybody may read it.
 */
@Startup
@ApplicationScoped
@Tag(name = "clusters")
@Path("/v1/clusters")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
  private final Transactions transactions;
  private final Clusters clusters;
  private final Timeline timeline;
  private final Callers callers;
  private final Watches watches;
  private final ChangeFeed feed;

  ClusterResource(
      Transactions transactions,
      Clusters clusters,
      Timeline timeline,
      Callers callers,
      Watches watches,
      ChangeFeeds feeds) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.timeline = timeline;
    this.callers = callers;
    this.watches = watches;
    this.feed = feeds.of(Catalogue.CLUSTERS.log());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "createCluster",
      summary = "Makes a cluster known; it is ready when it has answered")
  @RequestBodySchema(ClusterSpec.class)
  @APIResponseSchema(
      value = Cluster.class,
      responseCode = "201",
      responseDescription = "Makes a cluster known. Location and ETag are set.")
  public Uni<Response> create(
      @Nullable JsonNode body, @HeaderParam(IdempotentRequest.HEADER) @Nullable String key) {
    Caller caller = callers.current();
    var request = IdempotentRequest.of(caller.subject(), "/v1/clusters", key, body);
    ClusterSpec spec = ClusterInput.create(body);
    Sites.require(caller, spec.siteId());
    return transactions
        .run(
            session ->
                Idempotency.once(
                    session,
                    request,
                    () ->
                        clusters
                            .create(session, spec, caller.cause("cluster.create"))
                            .map(cluster -> Answer.created("/v1/clusters", cluster))))
        .map(Answer::response);
  }

  /** A page of clusters; with {@code watch=true} the changes of clusters as server-sent events. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listClusters",
      summary = "A page of clusters in the order of their names, or their changes")
  @Parameter(
      name = "name",
      in = ParameterIn.QUERY,
      description = "Clusters whose name begins with it.")
  @Parameter(name = "labels", in = ParameterIn.QUERY)
  @Parameter(name = "limit", in = ParameterIn.QUERY)
  @Parameter(name = "cursor", in = ParameterIn.QUERY)
  @Parameter(name = "watch", in = ParameterIn.QUERY)
  @APIResponse(
      responseCode = "200",
      description =
          "The page is in items; next is the cursor of the next one. Perch-Watch-Cursor is where to"
              + " watch from.")
  @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
  public Uni<Response> list(@Context UriInfo uri) {
    Caller caller = callers.current();
    if (watches.isAsked()) {
      return watches.serve(feed, caller, event -> true);
    }
    var query = NamedQuery.of(uri);
    String cursor = feed.cursorNow();
    return transactions
        .read(session -> clusters.list(session, query, caller))
        .map(page -> page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readCluster", summary = "One cluster")
  @APIResponseSchema(
      value = Cluster.class,
      responseCode = "200",
      responseDescription = "The cluster. ETag is set.")
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    Caller caller = callers.current();
    return transactions
        .read(session -> clusters.find(session, id))
        .invoke(cluster -> Sites.requireRead(caller, cluster.siteId()))
        .map(cluster -> Answer.read(cluster, ifNoneMatch));
  }

  /** Every version of the cluster, who made it and why, newest first; also of one that is gone. */
  @GET
  @Path("/{id}/timeline")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "clusterTimeline",
      summary = "Every version of the cluster: who, what, why; newest first")
  @APIResponse(
      responseCode = "200",
      description = "The page is in items; next is the cursor of the next one.")
  public Uni<Response> timeline(@PathParam("id") UUID id, @Context UriInfo uri) {
    Caller caller = callers.current();
    var query = TimelineQuery.of(uri);
    return transactions
        .read(
            session ->
                query.run(
                    timeline,
                    session,
                    id,
                    () -> Clusters.KIND.unknown(id),
                    last -> Sites.requireRead(caller, Sites.of(last))))
        .map(page -> page.answer(uri).build());
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MergePatch.MEDIA_TYPE)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "changeCluster",
      summary =
          "Changes a cluster by JSON Merge Patch (RFC 7396); credentials replace those it had")
  @RequestBodySchema(ClusterSpec.class)
  @APIResponseSchema(
      value = Cluster.class,
      responseCode = "200",
      responseDescription = "The cluster as it is now. ETag is set.")
  public Uni<Response> change(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode patch) {
    Caller caller = callers.current();
    return transactions
        .run(
            session ->
                clusters.change(
                    session,
                    id,
                    cluster -> {
                      Sites.require(caller, cluster.siteId());
                      Etag.require(ifMatch, cluster);
                      return ClusterInput.patch(cluster, patch);
                    },
                    caller.cause("cluster.change")))
        .map(cluster -> Answer.ok(cluster).response());
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "removeCluster",
      summary = "Removes a cluster that no certificate is published to")
  @Parameter(
      name = "abandon",
      in = ParameterIn.QUERY,
      description = "Also if Secrets there could not be deleted yet: they stay there.")
  @APIResponse(responseCode = "204", description = "It is gone; its timeline stays.")
  public Uni<Response> remove(
      @PathParam("id") UUID id,
      @QueryParam("abandon") @DefaultValue("false") boolean abandon,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Caller caller = callers.current();
    return transactions
        .run(
            session ->
                clusters.remove(
                    session,
                    id,
                    abandon,
                    cluster -> {
                      Sites.require(caller, cluster.siteId());
                      Etag.require(ifMatch, cluster);
                    },
                    caller.cause("cluster.remove")))
        .map(done -> Response.noContent().build());
  }
}
