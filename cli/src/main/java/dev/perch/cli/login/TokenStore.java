package dev.perch.cli.login;

import dev.perch.cli.Environment;
import dev.perch.cli.Failure;
import dev.perch.cli.PrivateFile;
import dev.perch.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The tokens of one context, in a file of its own that only its owner can read. */
public final class TokenStore {
  private final PrivateFile file;

  public TokenStore(Environment environment, String context) {
    this.file = new PrivateFile(environment.folder().resolve("tokens").resolve(context + ".json"));
  }

  /** Those of this issuer, if they are there. */
  public Optional<Tokens> find(URI issuer) throws IOException, Failure {
    byte[] json = file.read().orElse(null);
    return json == null
        ? Optional.empty()
        : Optional.of(Json.MAPPER.readValue(json, Tokens.class))
            .filter(tokens -> tokens.issuer().equals(issuer));
  }

  void keep(Tokens tokens) throws IOException {
    file.write(Json.MAPPER.writeValueAsBytes(tokens));
  }

  /** Whether there were any. */
  public boolean delete() throws IOException {
    return file.delete();
  }
}
