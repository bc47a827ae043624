package dev.perch.launcher.process;

import java.util.Set;

/** Work that is done once per start, such as creating the databases. */
public record Task(String name, Set<String> needs, Work work) implements Step {
  public Task {
    needs = Set.copyOf(needs);
  }

  /** Must be repeatable: it runs on each start. */
  @FunctionalInterface
  public interface Work {
    /**
     * @return what to tell the user about it, such as "already there"
     */
    String run() throws Exception;
  }
}
