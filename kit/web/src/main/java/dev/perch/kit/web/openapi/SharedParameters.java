package dev.perch.kit.web.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/**
 * Parameters that mean the same wherever they are taken. An operation names one,
 * {@code @Parameter(name = "limit", in = ParameterIn.QUERY)}; what it means is said here.
 */
final class SharedParameters {
  private SharedParameters() {}

  static void addTo(OpenAPI document) {
    Map<String, Parameter> shared = all();
    shared.forEach(document.getComponents()::addParameter);
    for (PathItem path : document.getPaths().getPathItems().values()) {
      for (Operation operation : path.getOperations().values()) {
        List<Parameter> parameters = operation.getParameters();
        if (parameters != null) {
          operation.setParameters(
              parameters.stream()
                  .map(one -> isLeftToUs(one, shared) ? reference(one) : one)
                  .toList());
        }
      }
    }
  }

  private static boolean isLeftToUs(Parameter parameter, Map<String, Parameter> shared) {
    return parameter.getDescription() == null && shared.containsKey(parameter.getName());
  }

  private static Parameter reference(Parameter parameter) {
    return OASFactory.createParameter().ref("#/components/parameters/" + parameter.getName());
  }

  private static Map<String, Parameter> all() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    add(
        all,
        "Perch-Reason",
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
