package dev.perch.kit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.kit.outbox.Database;
import dev.perch.kit.testkit.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResealingTest {
  private static final SealedColumn COLUMN = new SealedColumn("thing", "secret");
  private static final int ROWS = 1_200;

  @TempDir Path folder;
  private Database database;
  private KeyFile file;

  @BeforeEach
  void fill() throws IOException, SQLException {
    file = new KeyFile(folder.resolve("seal.keys"));
    file.createIfAbsent();
    Seal seal = new Seal(file);
    database = new Database(TestPostgres.freshDatabase("seal").dataSource());
    database.run(
        connection -> {
          try (var create = connection.createStatement()) {
            create.execute(
                "create table thing (id uuid primary key, secret bytea not null, kek int not"
                    + " null)");
          }
          try (var insert = connection.prepareStatement("insert into thing values (?, ?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
              UUID id = UUID.randomUUID();
              insert.setObject(1, id);
              insert.setBytes(2, seal.seal(secretOf(id), COLUMN.binding(id)));
              insert.setInt(3, seal.version());
              insert.addBatch();
            }
            insert.executeBatch();
          }
        });
  }

  @Test
  void everySecretComesUnderTheNewVersion() throws Exception {
    Seal seal = new Seal(file);
    Resealing resealing = new Resealing(database, seal, List.of(COLUMN));
    file.add();

    resealing.run();

    assertThat(database.each(COLUMN::versions)).isEqualTo(Set.of(2));
    assertThat(secretsThatOpen(seal)).isEqualTo(ROWS);
  }

  @Test
  void aServiceWithoutTheKeysOfItsSecretsDoesNotStart() throws Exception {
    Files.delete(folder.resolve("seal.keys"));
    Files.createFile(folder.resolve("seal.keys"));
    file = new KeyFile(folder.resolve("other.keys"));
    file.createIfAbsent();
    file.add();
    keepOnlyTheLastKey();

    Resealing resealing = new Resealing(database, new Seal(file), List.of(COLUMN));

    assertThatThrownBy(resealing::requireKnownKeys).isInstanceOf(UnknownKeyException.class);
  }

  private void keepOnlyTheLastKey() throws IOException {
    Path other = folder.resolve("other.keys");
    Files.writeString(other, Files.readAllLines(other).getLast() + "\n");
  }

  private int secretsThatOpen(Seal seal) throws SQLException {
    return database.each(
        connection -> {
          try (var select = connection.prepareStatement("select id, secret from thing");
              var row = select.executeQuery()) {
            int count = 0;
            while (row.next()) {
              UUID id = row.getObject(1, UUID.class);
              assertThat(seal.open(row.getBytes(2), COLUMN.binding(id))).isEqualTo(secretOf(id));
              count++;
            }
            return count;
          }
        });
  }

  private static byte[] secretOf(UUID id) {
    return ("secret of " + id).getBytes(StandardCharsets.UTF_8);
  }
}
