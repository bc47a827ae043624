package dev.perch.cli.login;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.context.LocalStack.ClientSecret;
import dev.perch.cli.rest.Bearer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** The owner of a stack on this machine: whoever can read its secrets may do everything. */
public final class ClientLogin implements Bearer {
  private final TokenStore store;
  private final Issuer issuer;
  private final ClientSecret client;

  public ClientLogin(TokenStore store, Issuer issuer, ClientSecret client) {
    this.store = store;
    this.issuer = issuer;
    this.client = client;
  }

  @Override
  public synchronized String token() throws Failure, IOException, InterruptedException {
    Tokens kept = store.find(issuer.address()).orElse(null);
    if (kept != null && kept.isGood(Instant.now())) {
      return kept.accessToken();
    }
    Issuer.Reply reply =
        issuer.post(
            issuer.endpoint("token_endpoint"),
            Map.of(
                "grant_type", "client_credentials",
                "client_id", client.id(),
                "client_secret", client.secret()));
    if (!reply.isGood()) {
      throw reply.failure(ExitCode.NOT_ALLOWED);
    }
    Tokens fresh = Tokens.of(issuer.address(), reply.json(), Instant.now());
    store.keep(fresh);
    return fresh.accessToken();
  }

  /** A stack that was started afresh does not know the tokens of the one before. */
  @Override
  public synchronized boolean forget() throws IOException {
    return store.delete();
  }
}
