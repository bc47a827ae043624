package dev.perch.tsn.plan.lint;

import java.util.List;

/**
 * Which priority goes to which traffic class, and which class has which transmit queues.
 *
 * @param classes how many there are; class numbers are below
 * @param priorities the class of each priority
 * @param queues of each class; empty where it was left out
 */
record ClassMap(int classes, List<Integer> priorities, List<Queues> queues) {
  /** Some queues of the device, from an offset. */
  record Queues(int count, int offset) {
    boolean overlaps(Queues other) {
      return offset < other.offset + other.count && other.offset < offset + count;
    }
  }

  ClassMap {
    priorities = List.copyOf(priorities);
    queues = List.copyOf(queues);
  }

  /** Bit n: some priority goes to class n, and the class exists. */
  int reachable() {
    int reachable = 0;
    for (int trafficClass : priorities) {
      if (trafficClass < classes) {
        reachable |= 1 << trafficClass;
      }
    }
    return reachable;
  }

  boolean sameMapping(ClassMap other) {
    return classes == other.classes
        && priorities.equals(other.priorities)
        && queues.equals(other.queues);
  }
}
