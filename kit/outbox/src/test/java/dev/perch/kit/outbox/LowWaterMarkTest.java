package dev.perch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LowWaterMarkTest {
  private final LowWaterMark mark = new LowWaterMark();
  private Rig rig;
  private Things things;

  @BeforeEach
  void freshService() throws Exception {
    rig = Rig.fresh("mark");
    things = rig.things;
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void followsWhatIsPublishedWhileAnotherTransactionIsHeldOpen() throws Exception {
    try (Connection held = rig.database.dataSource().getConnection();
        Statement statement = held.createStatement()) {
      held.setAutoCommit(false);
      statement.execute("update outbox_republication set detail = detail");
      publish(100);

      await().until(() -> observed() == 100);
    }
  }

  @Test
  void staysBelowWhatATransactionMayStillCommit() throws Exception {
    publish(10);
    await().until(() -> observed() == 10);
    try (Connection late = rig.database.dataSource().getConnection()) {
      late.setAutoCommit(false);
      things.put(late, "late", "row 11");
      publish(9);

      await().during(Duration.ofSeconds(1)).until(() -> observed() == 10);
      late.commit();
    }
    things.execute("delete from outbox");
    await().until(() -> observed() == 20);
  }

  @Test
  void doesNotCountAnIdThatWasNeverDrawn() throws Exception {
    await().during(Duration.ofMillis(500)).until(() -> observed() == 0);
  }

  private void publish(int rows) throws SQLException {
    for (int i = 0; i < rows; i++) {
      things.put("key", "text " + i);
    }
    things.execute("delete from outbox");
  }

  /** One look at the transactions and one scan that finds nothing. */
  private long observed() throws SQLException {
    return things
        .database()
        .transaction(
            connection -> {
              mark.observe(connection);
              assertThat(OutboxRow.lowest(connection, mark.id(), 1)).isEmpty();
              mark.scannedToEnd();
              return mark.id();
            });
  }
}
