package dev.perch.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SparingLogTest {
  private static final String NAME = "test.sparing";

  private final Logger logger = Logger.getLogger(NAME);
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private long now = Duration.ofHours(1).toNanos();
  private final SparingLog log = new SparingLog(LoggerFactory.getLogger(NAME), () -> now);

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void forget() {
    logger.removeHandler(handler);
  }

  private void refuse(int times) {
    for (int i = 0; i < times; i++) {
      log.atWarn().log("refused");
    }
  }

  @Test
  void ofAFloodTheFirstTenAreWritten() {
    refuse(1_000_000);

    assertThat(lines).hasSize(10).allMatch(line -> line.equals("refused"));
  }

  @Test
  void afterwardsOneInTenSecondsSaysHowManyWereLeftOut() {
    refuse(110);
    lines.clear();

    now += Duration.ofSeconds(10).toNanos();
    refuse(50);

    assertThat(lines).singleElement().asString().contains("leftOut=100");
  }

  @Test
  void whoIsQuietForLongMaySayAsMuchAgain() {
    refuse(10);
    lines.clear();

    now += Duration.ofMinutes(10).toNanos();
    refuse(50);

    assertThat(lines).hasSize(10);
  }
}
