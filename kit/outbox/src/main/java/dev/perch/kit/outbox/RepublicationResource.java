package dev.perch.kit.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.page.Page;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Runs of the state audit over HTTP: what {@code perch republish} asks for. A run is long work: the
 * answer is 202 and where to look; it is done by whichever replica comes first.
 */
@ApplicationScoped
@Path("/v1/admin/republications")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
class RepublicationResource {
  private static final int NEWEST = 20;

  private final Republications runs;
  private final Callers callers;

  RepublicationResource(Republications runs, Callers callers) {
    this.runs = runs;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response request(@Nullable JsonNode body) throws SQLException {
    var caller = callers.current();
    caller.requireAllSites();
    boolean newEpoch =
        Fields.<Boolean>bind(
            body,
            fields -> {
              var asked = fields.optional("newEpoch", Rules.bool());
              return () -> asked.orElse(false);
            });
    Republication run = runs.request("Asked for by " + caller.subject(), newEpoch);
    return Response.accepted(run)
        .location(URI.create("/v1/admin/republications/" + run.id()))
        .build();
  }

  @GET
  public Page<Republication> newest() throws SQLException {
    return new Page<>(runs.newest(NEWEST), null);
  }

  @GET
  @Path("{id}")
  public Republication one(@PathParam("id") long id) throws SQLException {
    return runs.find(id)
        .orElseThrow(() -> new Problem.NotFound("There is no republication " + id).asException());
  }
}
