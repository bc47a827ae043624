package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Stream;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;

/** After how long all streams together repeat. */
final class Hyperperiod {
  private Hyperperiod() {}

  /** The least common multiple of all intervals, ns; empty if it does not fit into 64 bits. */
  static OptionalLong of(List<Stream> streams) {
    BigInteger all = BigInteger.ONE;
    for (long interval : streams.stream().mapToLong(Stream::interval).distinct().toArray()) {
      BigInteger one = BigInteger.valueOf(interval);
      all = all.divide(all.gcd(one)).multiply(one);
      if (all.bitLength() > 63) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(all.longValueExact());
  }
}
