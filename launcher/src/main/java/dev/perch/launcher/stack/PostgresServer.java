package dev.perch.launcher.stack;

import dev.perch.kit.embedded.OtherMajorVersionException;
import dev.perch.kit.embedded.Postgres;
import dev.perch.kit.embedded.PostgresCommand;
import dev.perch.kit.embedded.PostgresSettings;
import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.Probe;
import dev.perch.launcher.process.StartFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The embedded PostgreSQL: each commit is on the disk before it is acknowledged. */
final class PostgresServer {
  static final String NAME = "postgresql";

  private PostgresServer() {}

  /** The server's own database, as its superuser. */
  static Database superuser(PortBlock ports, Credentials credentials) {
    return new Database(
        "127.0.0.1",
        ports.postgres(),
        "postgres",
        credentials.login(NAME, PostgresSettings.SUPERUSER));
  }

  /**
   * Makes the data folder if it is new.
   *
   * @throws StartFailed if the folder cannot be served, saying what to do
   */
  static Part part(Settings settings, Credentials credentials) throws StartFailed {
    Path data = settings.folders().data(NAME);
    if (Files.exists(data) && credentials.find(NAME).isEmpty()) {
      throw new StartFailed(
          data
              + " is there, but its password is not in "
              + credentials.file()
              + ". Put that file back, or throw the data away with: ./perch up --fresh");
    }
    Database server = superuser(settings.ports(), credentials);
    PostgresCommand command = prepare(data, server);
    return new Part(
        NAME,
        Part.Kind.DATABASE,
        Set.of(),
        new Part.Start(
            command.line(), command.environment(), data, settings.folders().log(NAME), ""),
        new Part.Serves(
            "127.0.0.1:" + server.port(),
            List.of(server.port()),
            new Probe.Postgres(server.port())),
        Part.Stop.INTERRUPT,
        Optional.empty());
  }

  private static PostgresCommand prepare(Path data, Database server) throws StartFailed {
    try {
      return Postgres.prepare(
          PostgresSettings.in(data, server.login().password(), server.port())
              .with("shared_buffers", "64MB"));
    } catch (OtherMajorVersionException e) {
      throw new StartFailed(e.getMessage() + " To throw the data away: ./perch up --fresh");
    }
  }
}
