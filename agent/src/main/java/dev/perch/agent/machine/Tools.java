package dev.perch.agent.machine;

import java.util.List;

/** Programs that know things about the machine. */
@FunctionalInterface
public interface Tools {

  /**
   * What a program prints, with {@code LC_ALL=C}.
   *
   * @throws Unavailable if it is not installed, fails, takes too long or says too much
   */
  String run(List<String> command) throws Unavailable;
}
