package dev.perch.agent.link;

import dev.perch.contract.link.LinkMessage.Desired;
import java.util.Map;

/** What the link asks the rest of the agent. Its methods return soon. */
public interface HostSide {

  /** The digest of every facet that is known, by its word. */
  Map<String, String> digests();

  /** The generation of every document that is held, by its aspect. */
  Map<String, Long> documents();

  /** A document came; when this returns it is on the disk. */
  void desired(Desired document);

  /** The settings of the link have been proven by a welcome. */
  void linkProven();
}
