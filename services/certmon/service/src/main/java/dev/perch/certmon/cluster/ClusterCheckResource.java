package dev.perch.certmon.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.cluster.Connections.Connected;
import dev.perch.certmon.kubernetes.Finding;
import dev.perch.certmon.kubernetes.SecretPublisher;
import dev.perch.certmon.site.Sites;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Asks a cluster whether certificates could be published there now. It blocks. */
@ApplicationScoped
@Tag(name = "clusters")
@Path("/v1/clusters")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ClusterCheckResource {
  private final Database database;
  private final Connections connections;
  private final Callers callers;

  ClusterCheckResource(Database database, Connections connections, Callers callers) {
    this.database = database;
    this.connections = connections;
    this.callers = callers;
  }

  /**
   * The answer.
   *
   * @param ok whether a certificate would be published now, as far as that can be known
   * @param namespaces those that were asked about
   */
  record ClusterChecked(boolean ok, List<Finding> findings, Set<String> namespaces) {
    ClusterChecked {
      findings = List.copyOf(findings);
    }
  }

  @GET
  @Path("/{id}/check")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "checkCluster",
      summary = "Everything that would keep certificates from being published, and what to do")
  @Parameter(
      name = "namespace",
      in = ParameterIn.QUERY,
      description = "Besides those that certificates are published to. Repeatable.")
  public ClusterChecked check(@PathParam("id") UUID id, @Context UriInfo uri) throws SQLException {
    Caller caller = callers.current();
    Set<String> namespaces = new TreeSet<>(namespaces(uri));
    Connected connected =
        database.each(
            connection -> {
              Connected found =
                  connections.find(connection, id).orElseThrow(() -> Clusters.KIND.unknown(id));
              Sites.require(caller, found.cluster().siteId());
              namespaces.addAll(ClusterTable.namespaces(connection, found.cluster().name()));
              return found;
            });
    return checked(connected.publisher(), namespaces);
  }

  /** Only who may make clusters known may have us ask a server of their choice. */
  @POST
  @Path("/check")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "checkNewCluster",
      summary = "What checkCluster would say of a cluster that is not known yet; nothing is kept")
  @Parameter(name = "namespace", in = ParameterIn.QUERY, description = "Repeatable.")
  @RequestBodySchema(ClusterSpec.class)
  public ClusterChecked check(@Nullable JsonNode body, @Context UriInfo uri) {
    Caller caller = callers.current();
    ClusterSpec spec = ClusterInput.create(body);
    Sites.require(caller, spec.siteId());
    Set<String> namespaces = namespaces(uri);
    try (SecretPublisher publisher =
        new SecretPublisher(Connections.access(spec, Objects.requireNonNull(spec.credentials())))) {
      return checked(publisher, namespaces);
    }
  }

  private static ClusterChecked checked(SecretPublisher publisher, Set<String> namespaces) {
    List<Finding> findings = publisher.check(namespaces);
    return new ClusterChecked(findings.isEmpty(), findings, namespaces);
  }

  private static Set<String> namespaces(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          var namespaces = parameters.anyOf("namespace", Rules.label());
          return () -> new TreeSet<>(namespaces.orElse(List.of()));
        });
  }
}
