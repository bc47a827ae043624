package dev.perch.bench.tsn;

import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The networks and streams that are measured; the same every time. */
final class Scenarios {
  static final long[] HARMONIC = {500_000, 1_000_000, 2_000_000, 4_000_000};
  static final long[] NON_HARMONIC = {250_000, 500_000, 1_250_000, 2_500_000, 4_000_000};

  private static final long[] CYCLES = {76_000, 128_000, 200_000, 320_000, 480_000, 640_000};
  private static final double[] FACTORS = {1.5, 3, 6};

  private Scenarios() {}

  /**
   * In the shape of TSNBench: 43 to 111 streams on rings, meshes, fat trees and lines of 6 to 48
   * end stations, unicast and multicast, in the shortest of six cycles for which there is a
   * schedule.
   */
  static List<Scenario> small(int rounds) {
    List<Scenario> all = new ArrayList<>();
    int seed = 0;
    for (int round = 0; round < rounds; round++) {
      for (int shape = 0; shape < 4; shape++) {
        for (int hosts : new int[] {1, 3, 6}) {
          for (double factor : FACTORS) {
            for (int listeners : new int[] {1, 4}) {
              all.add(feasible(shape, hosts, factor, listeners, ++seed));
            }
          }
        }
      }
    }
    return all;
  }

  private static Scenario feasible(int shape, int hosts, double factor, int listeners, int seed) {
    Network network =
        switch (shape) {
          case 0 -> Networks.ring(8, hosts, 2_000);
          case 1 -> Networks.mesh(8, hosts, 2_000, 1);
          case 2 -> Networks.fatTree(4, 8, hosts, 2_000);
          default -> Networks.line(5, hosts + 1, 2_000);
        };
    int count = 43 + new SplittableRandom(seed).nextInt(69);
    List<Stream> streams = List.of();
    for (int cycle = 0; streams.size() < count && cycle < CYCLES.length; cycle++) {
      long base = CYCLES[cycle];
      long[] intervals = {base, 2 * base, 4 * base};
      streams = Hidden.streams(network, count, intervals, listeners, factor, seed);
    }
    return new Scenario("small " + seed, network, streams);
  }

  /** 300 streams whose intervals do not divide each other, on eight bridges. */
  static Scenario nonHarmonic() {
    Network network = Networks.mesh(8, 1, 2_000, 1);
    return new Scenario("300", network, Streams.random(network, 300, NON_HARMONIC, 64, 1));
  }

  /** 1,000 streams that load no host's link more than three quarters. */
  static Scenario crowded() {
    Network network = Networks.mesh(8, 1, 2_000, 1);
    return new Scenario("1,000", network, Streams.capped(network, 1_000, HARMONIC, 1_200, 0.75, 1));
  }

  /** 1,500 streams with more than all bandwidth of some host. */
  static Scenario overloaded() {
    Network network = Networks.mesh(8, 1, 2_000, 1);
    return new Scenario("1,500", network, Streams.random(network, 1_500, HARMONIC, 200, 1));
  }

  /** 64 bridges with 10 Gbit/s between them, streams between any two of the hosts. */
  static Scenario anywhere(int hostsEach, int count) {
    Network network = Networks.grid(8, 8, hostsEach, 1_000, 10_000, 1);
    return new Scenario("" + count, network, Streams.random(network, count, HARMONIC, 64, 1));
  }

  /** 64 bridges and 64 hosts each; of five streams four go no farther than three rows, columns. */
  static Scenario nearby(int count, int reach) {
    Network network = Networks.grid(8, 8, 64, 1_000, 10_000, 1);
    return new Scenario(
        "" + count, network, Streams.local(network, count, HARMONIC, 8, 64, reach, 1));
  }
}
