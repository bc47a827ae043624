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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Keys whose changes wait because the broker refused one for good, and their release. */
@ApplicationScoped
@Path("/v1/admin/set-aside")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
class SetAsideResource {
  private final SetAside setAside;
  private final Callers callers;

  SetAsideResource(SetAside setAside, Callers callers) {
    this.setAside = setAside;
    this.callers = callers;
  }

  /** How many rows were released. */
  record Released(int rows) {}

  @GET
  public Page<SetAside.Waiting> waiting() throws SQLException {
    return new Page<>(setAside.list(), null);
  }

  @POST
  @Path("releases")
  @Consumes(MediaType.APPLICATION_JSON)
  public Released release(@Nullable JsonNode body) throws SQLException {
    callers.current().requireAllSites();
    Subject subject =
        Fields.bind(
            body,
            fields -> {
              var topic = fields.required("topic", Rules.text(1, 249));
              var key = fields.required("key", Rules.text(1, 1000));
              return () -> new Subject(topic.get(), key.get());
            });
    int rows = setAside.release(subject.topic(), subject.key());
    if (rows == 0) {
      throw new Problem.NotFound("Nothing is set aside for this topic and key.").asException();
    }
    return new Released(rows);
  }
}
