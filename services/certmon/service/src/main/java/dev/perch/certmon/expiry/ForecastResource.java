package dev.perch.certmon.expiry;

import dev.perch.certmon.rule.Words;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What runs out, over HTTP: as JSON, as a picture. */
@ApplicationScoped
@Tag(name = "forecast")
@Path("/v1/forecast")
@RunOnVirtualThread
public class ForecastResource {
  private static final String SVG = "image/svg+xml";
  private static final Duration USUAL = Duration.ofDays(90);
  private static final int MOST_LISTED = 10_000;
  private static final int MOST_DRAWN = 200;

  private final Database database;
  private final Callers callers;
  private final Clock clock;

  ForecastResource(Database database, Callers callers, Clock clock) {
    this.database = database;
    this.callers = callers;
    this.clock = clock;
  }

  /** JSON to whoever does not ask for a picture. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Produces({MediaType.APPLICATION_JSON, SVG})
  @Operation(
      operationId = "forecast",
      summary = "What runs out, soonest first: certificates and CAs, at most 10,000")
  @Parameter(name = "within", in = ParameterIn.QUERY, description = "ISO 8601: P90D unless given.")
  @APIResponse(
      responseCode = "200",
      description = "The forecast; with Accept image/svg+xml a picture of the first 200.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Forecast.class)))
  public Response forecast(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException {
    @Nullable String accept = headers.getHeaderString(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(SVG)
        ? Response.ok(ForecastPicture.of(forecast(uri, MOST_DRAWN)), SVG).build()
        : Response.ok(forecast(uri, MOST_LISTED), MediaType.APPLICATION_JSON).build();
  }

  private Forecast forecast(UriInfo uri, int most) throws SQLException {
    Duration within =
        Parameters.bind(
            uri,
            parameters -> {
              Value<Duration> value =
                  parameters.one(
                      "within", Words.duration(Duration.ofMinutes(1), Duration.ofDays(36_500)));
              return () -> value.orElse(USUAL);
            });
    UUID @Nullable [] sites =
        callers.current().sites().map(own -> own.toArray(UUID[]::new)).orElse(null);
    Instant now = clock.instant();
    return new Forecast(
        now,
        now.plus(within),
        database.each(
            connection -> ForecastTable.until(connection, now.plus(within), sites, most)));
  }
}
