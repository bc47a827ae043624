package dev.perch.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  @Test
  void is_read_from_a_url_and_kept_out_of_it() {
    Database database = Database.parse("postgresql://ada:love:lace@db.example:6432/inventory");

    assertThat(database.login()).isEqualTo(new Login("ada", "love:lace"));
    assertThat(database.reactiveUrl()).isEqualTo("postgresql://db.example:6432/inventory");
    assertThat(database.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6432/inventory");
    assertThat(database.toString()).doesNotContain("lace");
  }

  @Test
  void has_the_usual_port_and_database_when_none_is_named() {
    assertThat(Database.parse("postgresql://a:b@db").jdbcUrl())
        .isEqualTo("jdbc:postgresql://db:5432/postgres");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mysql://a:secret@db", "postgresql://db", "postgresql://a@db", "secret @ db"})
  void refuses_anything_else_without_repeating_it(String url) {
    assertThatThrownBy(() -> Database.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
