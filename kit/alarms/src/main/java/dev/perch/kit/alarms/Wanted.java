package dev.perch.kit.alarms;

import java.sql.SQLException;

/** What an alarm should be, as the last caller said it. */
sealed interface Wanted {

  /** The alarm's identity: id and entity. */
  Identity identity();

  void into(AlarmBook book) throws SQLException;

  /** What alarms are told apart by. */
  record Identity(String alarmId, String entity) {}

  /** It should be active and say this. */
  record Active(Finding finding) implements Wanted {
    @Override
    public Identity identity() {
      return new Identity(finding.alarmId(), finding.entity());
    }

    @Override
    public void into(AlarmBook book) throws SQLException {
      book.raise(finding);
    }
  }

  /** It should not be active. */
  record Cleared(@Override Identity identity) implements Wanted {
    @Override
    public void into(AlarmBook book) throws SQLException {
      book.clear(identity.alarmId(), identity.entity());
    }
  }
}
