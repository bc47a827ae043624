package dev.perch.contract;

/**
 * A kind of resource that is published: its state topic, its log and the names of its events.
 *
 * @param service the one service that owns it
 * @param name singular, as in the event types: {@code host}
 * @param state the compacted topic with the newest full resource per key
 * @param log the topic with every change
 */
public record Aggregate(String service, String name, Topic state, Topic log) {

  /** The CloudEvents type of a record on the state topic. */
  public String stateType() {
    return type("state");
  }

  /** The CloudEvents type of a record on the log: {@code dev.perch.inventory.host.changed.v1}. */
  public String type(String what) {
    return "dev.perch." + service + "." + name + "." + what + ".v1";
  }
}
