package dev.perch.agent.apply;

import dev.perch.agent.state.StateFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The newest document of each aspect, on the disk. */
final class Documents {
  private final StateFolder folder;

  /**
   * What is kept of a withdrawn document until its driver has taken it back.
   *
   * @param withdrawn nothing is wanted any more
   */
  record Held(Document document, boolean withdrawn) {}

  Documents(StateFolder folder) {
    this.folder = folder;
  }

  void hold(Document document) {
    folder.write(document.aspect(), new Held(document, false));
  }

  /** Answers whether there was any. */
  boolean withdraw(String aspect) {
    Optional<Held> held = find(aspect);
    held.ifPresent(was -> folder.write(aspect, new Held(was.document(), true)));
    return held.isPresent();
  }

  void forget(String aspect) {
    folder.delete(aspect);
  }

  Optional<Held> find(String aspect) {
    return folder.read(aspect, Held.class);
  }

  List<String> aspects() {
    return folder.names();
  }

  /** The generation of each document that is wanted, by its aspect. */
  Map<String, Long> generations() {
    Map<String, Long> generations = new TreeMap<>();
    for (String aspect : aspects()) {
      find(aspect)
          .filter(held -> !held.withdrawn())
          .ifPresent(held -> generations.put(aspect, held.document().generation()));
    }
    return generations;
  }
}
