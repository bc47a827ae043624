package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Cause;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param kind the name of an {@link OperationKind}
 * @param target the resource, as a path: {@code hosts/<id>}
 * @param spec in the shape of the kind; published, so it carries no secret
 * @param cause who asks and why
 */
public record NewOperation(
    String kind, String target, @Nullable UUID site, JsonNode spec, Cause cause) {}
