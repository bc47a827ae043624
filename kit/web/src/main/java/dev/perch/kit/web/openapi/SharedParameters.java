package dev.perch.kit.web.openapi;

import dev.perch.kit.web.idempotency.IdempotentRequest;
import dev.perch.kit.web.security.Callers;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/**
 * Parameters that mean the same wherever they are taken. An operation names one,
 * {@code @Parameter(name = "limit", in = ParameterIn.QUERY)}; what it means is said here. Those of
 * a timeline, and the reason of a change, are not even named.
 */
final class SharedParameters {
  /** What takes one of these makes or changes a resource. */
  private static final List<String> CHANGES =
      List.of(HttpHeaders.IF_MATCH, IdempotentRequest.HEADER);

  private SharedParameters() {}

  static void addTo(OpenAPI document) {
    Map<String, Parameter> shared = all();
    shared.forEach(document.getComponents()::addParameter);
    for (var path : document.getPaths().getPathItems().entrySet()) {
      for (Operation operation : path.getValue().getOperations().values()) {
        if (path.getKey().endsWith("/timeline")) {
          operation.addParameter(reference("limit")).addParameter(reference("cursor"));
        }
        if (CHANGES.stream().anyMatch(header -> takes(operation, header))
            && !takes(operation, Callers.REASON)) {
          operation.addParameter(reference(Callers.REASON));
        }
        complete(operation, shared);
      }
    }
  }

  static boolean takes(Operation operation, String parameter) {
    return operation.getParameters() != null
        && operation.getParameters().stream().anyMatch(one -> parameter.equals(one.getName()));
  }

  private static void complete(Operation operation, Map<String, Parameter> shared) {
    List<Parameter> parameters = operation.getParameters();
    if (parameters != null) {
      operation.setParameters(parameters.stream().map(one -> completed(one, shared)).toList());
    }
  }

  /** What says nothing of its shape is text. */
  private static Parameter completed(Parameter parameter, Map<String, Parameter> shared) {
    if (isLeftToUs(parameter, shared)) {
      return reference(parameter.getName());
    }
    return parameter.getRef() == null && parameter.getSchema() == null
        ? parameter.schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING))
        : parameter;
  }

  private static boolean isLeftToUs(Parameter parameter, Map<String, Parameter> shared) {
    return parameter.getDescription() == null && shared.containsKey(parameter.getName());
  }

  private static Parameter reference(String name) {
    return OASFactory.createParameter().ref("#/components/parameters/" + name);
  }

  private static Map<String, Parameter> all() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    add(
        all,
        Callers.REASON,
        In.HEADER,
        Schema.SchemaType.STRING,
        "Why; kept in the timeline and told in the event.");
    add(all, "limit", In.QUERY, Schema.SchemaType.INTEGER, "1 to 1000, 100 unless given.");
    add(
        all,
        "cursor",
        In.QUERY,
        Schema.SchemaType.STRING,
        "The next page: as a page or its Link carried it. With watch: where to go on.");
    add(
        all,
        "watch",
        In.QUERY,
        Schema.SchemaType.BOOLEAN,
        "true: the changes as server-sent events.");
    add(
        all,
        "labels",
        In.QUERY,
        Schema.SchemaType.STRING,
        "A label selector as in Kubernetes: rack=a,zone in (x,y),!spare.");
    return all;
  }

  private static void add(
      Map<String, Parameter> all, String name, In in, Schema.SchemaType type, String about) {
    all.put(
        name,
        OASFactory.createParameter()
            .name(name)
            .in(in)
            .description(about)
            .schema(OASFactory.createSchema().addType(type)));
  }
}
