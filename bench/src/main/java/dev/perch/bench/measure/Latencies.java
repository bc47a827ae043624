package dev.perch.bench.measure;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;

/** How long each of many things took. */
public final class Latencies {
  private final double[] sorted;

  private Latencies(double[] sorted) {
    this.sorted = sorted;
  }

  /** One request; all of a series are numbered from 0, those of the warm-up too. */
  @FunctionalInterface
  public interface Request {
    void send(int number) throws IOException, InterruptedException;
  }

  /** In milliseconds, in whatever order. */
  public static Latencies of(Collection<Long> millis) {
    return new Latencies(millis.stream().mapToDouble(Long::doubleValue).sorted().toArray());
  }

  /**
   * Sends as many requests as shall count, one after the other, after as many that do not. The
   * answer's reading is in what each took, waiting for others is not.
   *
   * @throws IOException of the first request that fails: such a figure would mean nothing
   */
  public static Latencies of(int count, Request request) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      request.send(i);
    }
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      request.send(count + i);
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(millis);
    return new Latencies(millis);
  }

  /** Nearest rank. */
  public double percentile(int percent) {
    int rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return sorted[Math.max(rank, 1) - 1];
  }
}
