package dev.perch.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  @Test
  void isReadFromAUrlAndKeptOutOfIt() {
    Database database = Database.parse("postgresql://ada:love:lace@db.example:6432/inventory");

    assertThat(database.login()).isEqualTo(new Login("ada", "love:lace"));
    assertThat(database.reactiveUrl()).isEqualTo("postgresql://db.example:6432/inventory");
    assertThat(database.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6432/inventory");
    assertThat(database.toString()).doesNotContain("lace");
  }

  @Test
  void hasTheUsualPortAndDatabaseWhenNoneIsNamed() {
    assertThat(Database.parse("postgresql://a:b@db").jdbcUrl())
        .isEqualTo("jdbc:postgresql://db:5432/postgres");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mysql://a:secret@db", "postgresql://db", "postgresql://a@db", "secret @ db"})
  void refusesAnythingElseWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> Database.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
