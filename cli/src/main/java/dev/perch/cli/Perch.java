package dev.perch.cli;

import dev.perch.cli.context.Context;
import dev.perch.cli.context.Contexts;
import dev.perch.cli.context.LocalStack;
import dev.perch.cli.login.ClientLogin;
import dev.perch.cli.login.Issuer;
import dev.perch.cli.login.KeptLogin;
import dev.perch.cli.login.TokenStore;
import dev.perch.cli.rest.Bearer;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The Perch a command talks to, and as whom. */
public final class Perch implements AutoCloseable {
  private static final String INVENTORY = "inventory";
  private static final String GIVEN_TOKEN = "PERCH_TOKEN";
  private static final String GIVEN_CONTEXT = "PERCH_CONTEXT";

  private final Context context;
  private final Bearer bearer;
  private final HttpClient http;

  private Perch(Context context, Bearer bearer, HttpClient http) {
    this.context = context;
    this.bearer = bearer;
    this.http = http;
  }

  /**
   * Finds out which one is meant: the one named, else the one in {@code PERCH_CONTEXT}, else the
   * one in use.
   *
   * @param named a context's name
   * @param state the state folder of a stack on this machine
   */
  static Perch open(Environment environment, @Nullable String named, @Nullable Path state)
      throws IOException, Failure {
    if (state != null) {
      return local(environment, state);
    }
    Contexts contexts = Contexts.of(environment);
    String name =
        named == null ? environment.variable(GIVEN_CONTEXT).orElse(contexts.inUse()) : named;
    if (name.equals(Contexts.LOCAL)) {
      return local(environment, environment.state());
    }
    Context context = contexts.get(name);
    HttpClient http = http(context);
    return new Perch(context, kept(environment, name, context, http), http);
  }

  /** The JDK's client, as this command line uses it. */
  public static HttpClient http(Context context) {
    HttpClient.Builder http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    return context.isPlain() ? http.sslContext(noTls()).build() : http.build();
  }

  /** Trusts nobody. Who speaks plain HTTP need not wait until the trust store is read. */
  private static SSLContext noTls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  public Rest inventory() throws Failure {
    return service(INVENTORY);
  }

  public Rest service(String name) throws Failure {
    return new Rest(context.service(name), http, bearer);
  }

  /** The names of the services this Perch has. */
  public Set<String> services() {
    return context.services().keySet();
  }

  public String kafka() throws Failure {
    String kafka = context.kafka();
    if (kafka == null) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "this context does not say where Kafka is",
          "  Say it: --kafka=HOST:PORT, or perch contexts set NAME --kafka HOST:PORT");
    }
    return kafka;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static Perch local(Environment environment, @Nullable Path state)
      throws IOException, Failure {
    LocalStack stack = LocalStack.at(state);
    HttpClient http = http(stack.context());
    return new Perch(stack.context(), own(environment, stack, http), http);
  }

  private static Bearer own(Environment environment, LocalStack stack, HttpClient http) {
    URI issuer = stack.context().issuer();
    LocalStack.ClientSecret client = stack.client();
    return environment
        .variable(GIVEN_TOKEN)
        .map(Bearer::fixed)
        .orElseGet(
            () ->
                issuer == null || client == null
                    ? nobody("the issuer of this Perch is somebody else's")
                    : new ClientLogin(
                        new TokenStore(environment, Contexts.LOCAL),
                        new Issuer(issuer, http),
                        client));
  }

  private static Bearer kept(
      Environment environment, String name, Context context, HttpClient http) {
    URI issuer = context.issuer();
    return environment
        .variable(GIVEN_TOKEN)
        .map(Bearer::fixed)
        .orElseGet(
            () ->
                issuer == null
                    ? nobody("the context " + name + " does not say who its issuer is")
                    : new KeptLogin(
                        new TokenStore(environment, name),
                        new Issuer(issuer, http),
                        context.clientOrUsual(),
                        name));
  }

  private static Bearer nobody(String why) {
    return new Bearer() {
      @Override
      public String token() throws Failure {
        throw new Failure(
            ExitCode.NOT_ALLOWED, why, "  Put a token of its issuer into " + GIVEN_TOKEN);
      }

      @Override
      public boolean forget() {
        return false;
      }
    };
  }
}
