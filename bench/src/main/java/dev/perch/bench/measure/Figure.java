package dev.perch.bench.measure;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One measured value; with {@code --json} one object a line.
 *
 * @param bench what was run: {@code spine}
 * @param figure what was measured: {@code create host}
 * @param goal what it should reach; absent where it is only for comparison
 */
public record Figure(
    String bench, String figure, double value, String unit, @Nullable Double goal, Better better) {

  /** Which way is good. */
  public enum Better {
    @JsonProperty("higher")
    HIGHER,
    @JsonProperty("lower")
    LOWER
  }

  /** True without a goal. */
  boolean isMet() {
    return goal == null
        || switch (better) {
          case HIGHER -> value >= goal;
          case LOWER -> value <= goal;
        };
  }
}
