package dev.perch.inventory.topology;

import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.page.Where;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is connected with whom. */
@Tag(name = "topology")
@Path("/v1/topology")
@RunOnVirtualThread
public class TopologyResource {
  private static final String SVG = "image/svg+xml";

  private final TopologyReader reader;
  private final Callers callers;

  TopologyResource(TopologyReader reader, Callers callers) {
    this.reader = reader;
    this.callers = callers;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "readTopology",
      summary = "Hosts, what they are cabled to by LLDP, and the cables")
  @Parameter(
      name = "site",
      in = ParameterIn.QUERY,
      description = "Hosts of these sites; ids, separated by commas.")
  @APIResponseSchema(
      value = Topology.class,
      responseCode = "200",
      responseDescription = "Nodes, ports and links; with Accept image/svg+xml a picture of them.")
  public Topology read(@Context UriInfo uri) throws SQLException {
    return reader.read(where(uri, callers.current()));
  }

  @GET
  @Produces(SVG)
  @RolesAllowed(Roles.VIEWER)
  @Operation(hidden = true)
  public String draw(@Context UriInfo uri) throws SQLException {
    return Svg.of(reader.read(where(uri, callers.current())));
  }

  private static Where where(UriInfo uri, Caller caller) {
    return Parameters.bind(
        uri,
        parameters -> {
          Value<List<UUID>> site = parameters.anyOf("site", Rules.uuid());
          return () -> {
            var where = new Where();
            caller
                .sites()
                .ifPresent(
                    own -> where.and("h.site_id = any (?)", (Object) own.toArray(UUID[]::new)));
            if (site.isPresent()) {
              where.and("h.site_id = any (?)", (Object) site.get().toArray(UUID[]::new));
            }
            return where;
          };
        });
  }
}
