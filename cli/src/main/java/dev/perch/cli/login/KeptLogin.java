package dev.perch.cli.login;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.rest.Bearer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody who has signed in: the kept token, and the next one when it expires. */
public final class KeptLogin implements Bearer {
  private final TokenStore store;
  private final Issuer issuer;
  private final String client;
  private final String context;

  public KeptLogin(TokenStore store, Issuer issuer, String client, String context) {
    this.store = store;
    this.issuer = issuer;
    this.client = client;
    this.context = context;
  }

  @Override
  public synchronized String token() throws Failure, IOException, InterruptedException {
    Tokens kept = store.find(issuer.address()).orElse(null);
    if (kept == null) {
      throw signIn("not signed in");
    }
    if (kept.isGood(Instant.now())) {
      return kept.accessToken();
    }
    Tokens fresh = refresh(kept.refreshToken());
    store.keep(fresh);
    return fresh.accessToken();
  }

  @Override
  public synchronized boolean forget() throws Failure, IOException {
    Tokens kept = store.find(issuer.address()).orElse(null);
    if (kept == null || kept.refreshToken() == null) {
      return false;
    }
    store.keep(kept.expired());
    return true;
  }

  private Tokens refresh(@Nullable String refreshToken)
      throws Failure, IOException, InterruptedException {
    if (refreshToken == null) {
      throw signIn("the sign-in has expired");
    }
    Issuer.Reply reply =
        issuer.post(
            issuer.endpoint("token_endpoint"),
            Map.of(
                "grant_type", "refresh_token",
                "refresh_token", refreshToken,
                "client_id", client));
    if (!reply.isGood()) {
      throw signIn("the sign-in has expired (" + reply.error() + ")");
    }
    return Tokens.of(issuer.address(), reply.json(), Instant.now());
  }

  private Failure signIn(String why) {
    return new Failure(ExitCode.NOT_ALLOWED, why, "  Sign in: perch login --context " + context);
  }
}
