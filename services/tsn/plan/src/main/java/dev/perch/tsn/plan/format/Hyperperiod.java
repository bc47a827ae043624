package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Stream;
import java.math.BigInteger;
import java.util.List;

/** After how long all streams together repeat. */
final class Hyperperiod {
  private Hyperperiod() {}

  /**
   * The least common multiple of all intervals, ns; 1 without streams.
   *
   * @throws ArithmeticException if it does not fit into 64 bits: three centuries
   */
  static long of(List<Stream> streams) {
    BigInteger all = BigInteger.ONE;
    for (long interval : streams.stream().mapToLong(Stream::interval).distinct().toArray()) {
      BigInteger one = BigInteger.valueOf(interval);
      all = all.divide(all.gcd(one)).multiply(one);
    }
    return all.longValueExact();
  }
}
