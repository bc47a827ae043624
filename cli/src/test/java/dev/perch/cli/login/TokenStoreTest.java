package dev.perch.cli.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.cli.Environment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenStoreTest {
  private static final URI ISSUER = URI.create("https://id.example/realms/perch");

  @TempDir private Path folder = Path.of("");

  private TokenStore store() {
    return new TokenStore(
        new Environment(Map.of("XDG_CONFIG_HOME", folder.toString()), folder, null), "lab");
  }

  private static Tokens tokens(Instant until) {
    return new Tokens(ISSUER, "access-secret", until, "refresh-secret");
  }

  @Test
  void tokensAreKeptForTheirOwnerAloneAndForTheirIssuer() throws Exception {
    store().keep(tokens(Instant.parse("2026-11-01T00:00:00Z")));

    Path file = folder.resolve("perch/tokens/lab.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(store().find(ISSUER)).contains(tokens(Instant.parse("2026-11-01T00:00:00Z")));
    assertThat(store().find(URI.create("https://other.example"))).isEmpty();
  }

  @Test
  void aFileThatIsReplacedKeepsItsPermissions() throws Exception {
    store().keep(tokens(Instant.EPOCH));
    store().keep(tokens(Instant.parse("2030-01-01T00:00:00Z")));

    Path file = folder.resolve("perch/tokens/lab.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aTokenThatIsAboutToExpireIsNotGood() {
    Instant now = Instant.parse("2026-11-01T00:00:00Z");

    assertThat(tokens(now.plusSeconds(60)).isGood(now)).isTrue();
    assertThat(tokens(now.plusSeconds(10)).isGood(now)).isFalse();
  }

  @Test
  void nothingThatIsPrintedHoldsATokenByAccident() {
    assertThat(tokens(Instant.EPOCH).toString()).doesNotContain("secret");
  }
}
