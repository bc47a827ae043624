package dev.perch.kit.web.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Parameters that mean the same wherever they are taken: {@code @Parameter(ref =
 * SharedParameters.LIMIT)}.
 */
public final class SharedParameters {
  public static final String REASON = "reason";
  public static final String LIMIT = "limit";
  public static final String CURSOR = "cursor";
  public static final String WATCH = "watch";
  public static final String LABELS = "labels";

  private SharedParameters() {}

  static void addTo(Components components) {
    components
        .addParameter(
            REASON,
            parameter("Perch-Reason", Parameter.In.HEADER, Schema.SchemaType.STRING)
                .description("Why; kept in the timeline and told in the event."))
        .addParameter(
            LIMIT,
            query(LIMIT, Schema.SchemaType.INTEGER).description("1 to 1000, 100 unless given."))
        .addParameter(
            CURSOR,
            query(CURSOR, Schema.SchemaType.STRING)
                .description(
                    "The next page: as a page or its Link carried it. With watch: where to go on."))
        .addParameter(
            WATCH,
            query(WATCH, Schema.SchemaType.BOOLEAN)
                .description("true: the changes as server-sent events."))
        .addParameter(
            LABELS,
            query(LABELS, Schema.SchemaType.STRING)
                .description("A label selector as in Kubernetes: rack=a,zone in (x,y),!spare."));
  }

  private static Parameter query(String name, Schema.SchemaType type) {
    return parameter(name, Parameter.In.QUERY, type);
  }

  private static Parameter parameter(String name, Parameter.In in, Schema.SchemaType type) {
    return OASFactory.createParameter()
        .name(name)
        .in(in)
        .schema(OASFactory.createSchema().addType(type));
  }
}
