package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A kind of long work. A service has one bean of this type per kind. A later release may change
 * what a step does, and must go on knowing each step an unfinished operation may have. The bean
 * must not need {@link Operations}, which needs it: who asks for operations is another one.
 */
public interface OperationKind {

  /** As operations are asked for and shown: {@code host.lock}. */
  String name();

  /** The steps, in the order they are run; at least one. */
  List<Step> steps(JsonNode spec);
}
