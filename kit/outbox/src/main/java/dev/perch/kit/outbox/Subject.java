package dev.perch.kit.outbox;

/** A key on a state topic: what order is kept for. */
record Subject(String topic, String key) {

  /** As alarms name it: the topic and the key, with a slash between. */
  @Override
  public String toString() {
    return topic + "/" + key;
  }
}
