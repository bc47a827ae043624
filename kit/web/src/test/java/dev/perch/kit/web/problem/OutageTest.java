package dev.perch.kit.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.web.Problem;
import io.vertx.core.impl.NoStackTraceThrowable;
import org.junit.jupiter.api.Test;

class OutageTest {
  @Test
  void aPoolWhoseConnectionsAllHangIsADatabaseThatIsAway() {
    assertThat(Outage.of(new NoStackTraceThrowable("Timeout")))
        .isInstanceOf(Problem.Unavailable.class);
  }

  @Test
  void whatIsNotKnownToPassIsAFaultOfOurs() {
    assertThat(Outage.of(new NoStackTraceThrowable("Gone"))).isNull();
    assertThat(Outage.of(new IllegalStateException("Timeout"))).isNull();
  }
}
