package dev.perch.inventory.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.inventory.host.HostFile.Planned;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many hosts come in. */
@Tag(name = "hosts")
@Path("/v1/hosts/import")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ImportResource {
  static final String CSV = "text/csv";

  private final Import hosts;
  private final Callers callers;

  ImportResource(Import hosts, Callers callers) {
    this.hosts = hosts;
    this.callers = callers;
  }

  /**
   * How a file is taken.
   *
   * @param dryRun nothing is changed
   * @param skipBad good rows are taken although others are bad
   */
  private record Options(boolean dryRun, boolean skipBad) {
    static Options of(UriInfo uri) {
      return Parameters.bind(
          uri,
          parameters -> {
            Value<Boolean> dryRun =
                parameters.one("dryRun", either(Map.of("true", true, "false", false)));
            Value<Boolean> skip =
                parameters.one("badRows", either(Map.of("skip", true, "refuse", false)));
            return () -> new Options(dryRun.orElse(false), skip.orElse(false));
          });
    }

    private static Rule<Boolean> either(Map<String, Boolean> words) {
      return (node, at) -> {
        Boolean value = words.get(node.textValue());
        if (value == null) {
          at.refuse("value.not-allowed", node, "Use one of " + String.join(", ", words.keySet()));
        }
        return value;
      };
    }
  }

  @POST
  @Consumes({CSV, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "importHosts",
      summary = "Registers and changes many hosts, from CSV or JSON")
  @Parameter(
      name = "dryRun",
      in = ParameterIn.QUERY,
      description = "true: nothing is changed, every bad row is listed.",
      schema = @Schema(implementation = Boolean.class))
  @Parameter(
      name = "badRows",
      in = ParameterIn.QUERY,
      description =
          "refuse (unless given): one bad row refuses the file; skip: the others are taken.",
      schema = @Schema(enumeration = {"refuse", "skip"}))
  @Parameter(
      name = "Perch-Reason",
      in = ParameterIn.HEADER,
      description = "Why; kept in the timeline and told in the events.")
  @APIResponseSchema(
      value = ImportReport.class,
      responseCode = "200",
      responseDescription = "What became of the rows, or would become of them.")
  public ImportReport take(@Context UriInfo uri, @Context HttpHeaders headers, byte[] file)
      throws SQLException {
    Caller caller = callers.current();
    Options options = Options.of(uri);
    List<JsonNode> rows =
        MediaType.APPLICATION_JSON_TYPE.isCompatible(headers.getMediaType())
            ? Rows.ofJson(file)
            : Rows.ofCsv(file);
    List<Planned> plan = hosts.plan(rows, caller);
    ImportReport report = ImportReport.of(options.dryRun(), plan);
    if (!options.dryRun()) {
      if (report.refused() > 0 && !options.skipBad()) {
        throw ImportReport.refusal(plan).asException();
      }
      hosts.write(plan, caller.cause("host.import"));
    }
    return report;
  }
}
