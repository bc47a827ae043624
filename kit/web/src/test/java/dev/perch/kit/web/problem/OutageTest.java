package dev.perch.kit.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.web.Problem;
import io.vertx.core.impl.NoStackTraceThrowable;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
  @Test
  void aPoolWhoseConnectionsAllHangIsADatabaseThatIsAway() {
    assertThat(Outage.of(new NoStackTraceThrowable("Timeout")))
        .isInstanceOf(Problem.Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"53100", "08006", "40P01"})
  void aStateOfTheDatabaseThatPassesIsAnOutageWhoeverWrapsIt(String state) {
    assertThat(Outage.of(new SQLException("no space left", state)))
        .isInstanceOf(Problem.Unavailable.class);
  }

  @Test
  void whatIsNotKnownToPassIsAFaultOfOurs() {
    assertThat(Outage.of(new NoStackTraceThrowable("Gone"))).isNull();
    assertThat(Outage.of(new IllegalStateException("Timeout"))).isNull();
    assertThat(Outage.of(new SQLException("syntax error", "42601"))).isNull();
    assertThat(Outage.of(new SQLException("nothing known"))).isNull();
  }
}
