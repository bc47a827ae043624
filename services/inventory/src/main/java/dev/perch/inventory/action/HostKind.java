package dev.perch.inventory.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.reconcile.operation.OperationKind;
import dev.perch.kit.reconcile.operation.Step;
import java.util.List;

/** What is done for an action, step by step. */
record HostKind(Action action, List<Step> inOrder) implements OperationKind {

  HostKind {
    inOrder = List.copyOf(inOrder);
  }

  static HostKind lock(HostWork work) {
    return new HostKind(
        Action.LOCK,
        List.of(new ShutDown(work), new Settle(work), new Lock(work, false), new Publish(work)));
  }

  static HostKind forceLock(HostWork work) {
    return new HostKind(Action.FORCE_LOCK, List.of(new Lock(work, true), new Publish(work)));
  }

  static HostKind unlock(HostWork work) {
    return new HostKind(
        Action.UNLOCK,
        List.of(new CheckAgain(work, Action.UNLOCK), new Unlock(work), new Prove(work)));
  }

  static HostKind delete(HostWork work) {
    return new HostKind(Action.DELETE, List.of(new Remove(work)));
  }

  @Override
  public String name() {
    return action.kind();
  }

  @Override
  public List<Step> steps(JsonNode spec) {
    return inOrder;
  }
}
