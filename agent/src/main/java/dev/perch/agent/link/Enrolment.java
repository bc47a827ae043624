package dev.perch.agent.link;

import dev.perch.contract.Json;
import dev.perch.contract.link.AgentKeys;
import dev.perch.contract.link.EnrolmentAnswer;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.contract.link.EnrolmentToken;
import dev.perch.contract.link.LinkProof;
import dev.perch.contract.link.LinkProtocol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes this host known to Perch, once, with a token from an operator. The keys are on the disk
 * before they are registered, so that it can be done again after a crash or a lost answer.
 */
public final class Enrolment {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LinkState state;
  private final Transport transport;
  private final String agentVersion;

  public Enrolment(LinkState state, Transport transport, String agentVersion) {
    this.state = state;
    this.transport = transport;
    this.agentVersion = agentVersion;
  }

  /**
   * @param text of the token
   * @throws IllegalArgumentException if the text is no token
   * @throws IOException if no endpoint of the token takes it; the message says why, for people
   */
  public Membership enrol(String text) throws IOException, InterruptedException {
    EnrolmentToken token = EnrolmentToken.read(text);
    String body = Json.MAPPER.writeValueAsString(request(token));
    List<String> failures = new ArrayList<>();
    try (HttpClient client = transport.client(token.pins())) {
      for (URI endpoint : token.endpoints()) {
        try {
          return accept(token, post(client, endpoint.resolve(LinkProtocol.ENROL_PATH), body));
        } catch (IOException e) {
          failures.add(endpoint + ": " + e.getMessage());
        }
      }
    }
    throw new IOException(String.join("; ", failures));
  }

  private EnrolmentRequest request(EnrolmentToken token) {
    KeyPair signing = state.signing();
    String signingKey = AgentKeys.write(signing.getPublic());
    String encryptionKey = AgentKeys.write(state.encryption().getPublic());
    return new EnrolmentRequest(
        token.id(),
        token.secret(),
        signingKey,
        encryptionKey,
        LinkProof.ofEnrolment(
            signing.getPrivate(), token.server(), token.id(), signingKey, encryptionKey),
        agentVersion);
  }

  private static EnrolmentAnswer post(HttpClient client, URI uri, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return switch (response.statusCode()) {
      case 200, 201 -> Json.MAPPER.readValue(response.body(), EnrolmentAnswer.class);
      case 403 -> throw new IOException("the token is not good: used, expired or withdrawn");
      case 409 ->
          throw new IOException("the host is enrolled with other keys; an operator must approve");
      default -> throw new IOException("the server answered " + response.statusCode());
    };
  }

  private Membership accept(EnrolmentToken token, EnrolmentAnswer answer) throws IOException {
    if (!answer.link().server().equals(token.server()) || answer.link().pins().isEmpty()) {
      throw new IOException("the server's answer does not fit the token");
    }
    Membership membership = new Membership(answer.hostId(), answer.siteId(), answer.hostName());
    state.enrolled(membership, answer.link());
    return membership;
  }
}
