package dev.perch.kit.web.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/** Says once what all operations of all services share. */
public final class SharedParts implements OASFilter {

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getComponents() == null) {
      document.setComponents(OASFactory.createComponents());
    }
    SharedParameters.addTo(document);
    SharedResponses.addTo(document);
    for (PathItem path : document.getPaths().getPathItems().values()) {
      path.getOperations().values().forEach(SharedParts::requireBody);
    }
  }

  /** A body is required where nothing else is said; {@code @RequestBodySchema} cannot say it. */
  private static void requireBody(Operation operation) {
    RequestBody body = operation.getRequestBody();
    if (body != null && body.getRequired() == null) {
      body.setRequired(true);
    }
  }
}
