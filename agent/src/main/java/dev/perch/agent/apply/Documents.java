package dev.perch.agent.apply;

import dev.perch.agent.state.StateFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The newest document of each aspect, and the last that was found to be in force; on the disk. */
final class Documents {
  private final StateFolder folder;
  private final StateFolder verified;

  /**
   * What is kept of a withdrawn document until its driver has taken it back.
   *
   * @param withdrawn nothing is wanted any more
   */
  record Held(Document document, boolean withdrawn) {}

  /**
   * @param state gets the folders {@code documents} and {@code verified}
   */
  Documents(StateFolder state) {
    this.folder = state.folder("documents");
    this.verified = state.folder("verified");
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
    verified.delete(aspect);
    folder.delete(aspect);
  }

  /** A document is in force on the host. */
  void verified(Document document) {
    if (!lastVerified(document.aspect()).equals(Optional.of(document))) {
      verified.write(document.aspect(), document);
    }
  }

  /** What is in force as far as is known, if something newer could not be applied. */
  Optional<Document> lastVerified(String aspect) {
    return verified.read(aspect, Document.class);
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
