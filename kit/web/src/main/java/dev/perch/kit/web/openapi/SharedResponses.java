package dev.perch.kit.web.openapi;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * What every operation may answer instead: a problem (RFC 9457). What is read on a condition may be
 * not modified.
 */
final class SharedResponses {
  private static final String PROBLEM = "Problem";
  private static final String VIOLATION = "Violation";

  private SharedResponses() {}

  static void addTo(OpenAPI document) {
    document.getComponents().addSchema(PROBLEM, problem());
    document.getComponents().addSchema(VIOLATION, violation());
    for (PathItem path : document.getPaths().getPathItems().values()) {
      path.getOperations().values().forEach(SharedResponses::complete);
    }
  }

  /** Those of the operation are made more, and put in the order of their codes. */
  private static void complete(Operation operation) {
    APIResponses responses = operation.getResponses();
    if (SharedParameters.takes(operation, HttpHeaders.IF_NONE_MATCH)) {
      responses.addAPIResponse("304", notModified());
    }
    responses.addAPIResponse("default", problemAnswer());
    responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses()));
  }

  private static APIResponse notModified() {
    return OASFactory.createAPIResponse().description("If-None-Match names the newest version.");
  }

  private static APIResponse problemAnswer() {
    return OASFactory.createAPIResponse()
        .description("A problem: what is wrong, every violation, and what to do about each.")
        .content(
            OASFactory.createContent()
                .addMediaType(
                    "application/problem+json",
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM))));
  }

  private static Schema problem() {
    return object(
            Map.of(
                "type", text("Stable, for programs: urn:perch:problem:<slug>."),
                "title", text("The same for every problem of this type."),
                "status", number(),
                "detail", text("What is wrong this time."),
                "traceId", text("Finds the request in the log."),
                "violations", violations()))
        .required(List.of("type", "title", "status", "detail", "traceId"));
  }

  private static Schema violations() {
    return OASFactory.createSchema()
        .addType(Schema.SchemaType.ARRAY)
        .items(OASFactory.createSchema().ref("#/components/schemas/" + VIOLATION));
  }

  private static Schema violation() {
    return object(
            Map.of(
                "code", text("Stable, for programs: name.taken."),
                "field", text("RFC 6901 pointer into the body, or a parameter's or header's name."),
                "found", OASFactory.createSchema().description("What was there; never a secret."),
                "remedy", text("What to do about it.")))
        .required(List.of("code", "field", "remedy"));
  }

  private static Schema object(Map<String, Schema> properties) {
    Schema object = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
    properties.keySet().stream().sorted().forEach(n -> object.addProperty(n, properties.get(n)));
    return object;
  }

  private static Schema text(String about) {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(about);
  }

  private static Schema number() {
    return OASFactory.createSchema().addType(Schema.SchemaType.INTEGER);
  }
}
