package dev.perch.inventory.bulk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.perch.contract.Json;
import dev.perch.inventory.Names;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.LabelSelector;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many hosts go out, in the shape in which they may come in again. */
@Tag(name = "hosts")
@Path("/v1/hosts/export")
@RunOnVirtualThread
public class ExportResource {
  private static final CsvSchema COLUMNS =
      CsvSchema.builder()
          .addColumn("site")
          .addColumn("name")
          .addColumn("personality")
          .addColumn("labels")
          .addColumn("bmc")
          .build()
          .withHeader();

  private final Export hosts;
  private final Callers callers;

  ExportResource(Export hosts, Callers callers) {
    this.hosts = hosts;
    this.callers = callers;
  }

  @GET
  @Produces({MediaType.APPLICATION_JSON, ImportResource.CSV})
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "exportHosts",
      summary =
          "All hosts, or those of some sites, labels or a group, as a file: JSON, or CSV by Accept")
  @Parameter(
      name = "site",
      in = ParameterIn.QUERY,
      description = "Hosts of these sites; ids, separated by commas.")
  @Parameter(name = "labels", in = ParameterIn.QUERY)
  @Parameter(
      name = "group",
      in = ParameterIn.QUERY,
      description = "Hosts that the group of this name selects.")
  @APIResponse(responseCode = "200", description = "In the order of sites and names.")
  public String give(@Context UriInfo uri, @Context HttpHeaders headers)
      throws SQLException, IOException {
    Caller caller = callers.current();
    List<Export.Row> rows = hosts.rows(selection(uri, caller));
    boolean csv =
        headers.getAcceptableMediaTypes().stream()
            .findFirst()
            .filter(type -> type.getSubtype().equals("csv"))
            .isPresent();
    return csv ? csv(rows) : Json.MAPPER.writeValueAsString(rows);
  }

  private static Export.Selection selection(UriInfo uri, Caller caller) {
    return Parameters.bind(
        uri,
        parameters -> {
          Value<List<UUID>> site = parameters.anyOf("site", Rules.uuid());
          Value<LabelSelector> labels = parameters.labels("labels");
          Value<String> group = parameters.one("group", Names.group());
          return () -> {
            var where = new Where();
            caller
                .sites()
                .ifPresent(
                    own -> where.and("h.site_id = any (?)", (Object) own.toArray(UUID[]::new)));
            if (site.isPresent()) {
              where.and("h.site_id = any (?)", (Object) site.get().toArray(UUID[]::new));
            }
            if (labels.isPresent()) {
              labels.get().into(where, "h.labels");
            }
            return new Export.Selection(where, group.orNull());
          };
        });
  }

  private static String csv(List<Export.Row> rows) throws IOException {
    var text = new StringWriter();
    try (JsonGenerator lines = new CsvMapper().writer(COLUMNS).createGenerator(text)) {
      for (Export.Row row : rows) {
        lines.writePOJO(row.cells());
      }
    }
    return text.toString();
  }
}
