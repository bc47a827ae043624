package dev.perch.certmon.issue;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * Answers dns-01 (RFC 8555 §8.4) by dynamic updates of a zone (RFC 2136), signed with TSIG (RFC
 * 8945). The server it updates is the one it asks whether the record can be seen.
 */
public final class Dns01Update implements ChallengeSolver {
  private static final Duration TTL = Duration.ofSeconds(60);

  private final Zone zone;
  private final Name origin;

  /**
   * @throws IllegalArgumentException if the zone or the key cannot be used
   */
  public Dns01Update(Zone zone) {
    this.zone = zone;
    this.origin = absolute(zone.origin());
    var _ = resolver();
  }

  /**
   * A zone that may be updated.
   *
   * @param origin for example {@code edge.example}
   * @param server its primary server
   * @param key what updates are signed with
   * @param timeout of one request
   */
  public record Zone(String origin, InetSocketAddress server, Key key, Duration timeout) {}

  /**
   * A TSIG key.
   *
   * @param algorithm for example {@code hmac-sha256}
   * @param secret base64: a secret
   */
  public record Key(String name, String algorithm, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Key[" + name + ", " + algorithm + "]";
    }
  }

  @Override
  public ChallengeType type() {
    return ChallengeType.DNS_01;
  }

  /** Only for names in its zone. */
  @Override
  public boolean answersFor(SubjectName name) {
    return name.kind() == SubjectName.Kind.DNS && absolute(name.value()).subdomain(origin);
  }

  @Override
  public void present(Challenge challenge) throws IOException {
    Update update = new Update(origin);
    update.add(record(challenge));
    send(update);
  }

  @Override
  public boolean isVisible(Challenge challenge) throws IOException {
    TXTRecord wanted = record(challenge);
    Record question = Record.newRecord(wanted.getName(), Type.TXT, DClass.IN);
    Message answer = ask(Message.newQuery(question));
    return answer.getSection(Section.ANSWER).stream()
        .anyMatch(
            each ->
                each instanceof TXTRecord text && text.getStrings().equals(wanted.getStrings()));
  }

  /** Only this record: a wildcard has another of the same name. */
  @Override
  public void remove(Challenge challenge) throws IOException {
    Update update = new Update(origin);
    update.delete(record(challenge));
    send(update);
  }

  /**
   * Sends an update that takes away what is not there: it needs every right and changes nothing.
   */
  @Override
  public List<Finding> check() {
    Update update = new Update(origin);
    update.delete(text("_acme-challenge." + zone.origin(), "perch-check"));
    try {
      return objection(update).stream().toList();
    } catch (IOException e) {
      return List.of(
          new Finding(
              "dns-unreachable",
              server() + " does not answer: " + e.getMessage(),
              "See that it runs, and that its TCP port can be reached from here."));
    }
  }

  private void send(Update update) throws IOException {
    Optional<Finding> objection = objection(update);
    if (objection.isPresent()) {
      throw new IOException(objection.get().detail());
    }
  }

  private Optional<Finding> objection(Update update) throws IOException {
    return new UpdateAnswer(ask(update), server(), zone.origin(), zone.key().name()).objection();
  }

  private String server() {
    return zone.server().getAddress().getHostAddress() + " port " + zone.server().getPort();
  }

  /**
   * Connections are used again, and a server may close one at any time: that is no failure, and the
   * same said twice is the same (RFC 7766 §6.2.4).
   */
  private Message ask(Message question) throws IOException {
    SimpleResolver resolver = resolver();
    try {
      return resolver.send(question);
    } catch (EOFException closed) {
      return resolver.send(question);
    }
  }

  private SimpleResolver resolver() {
    SimpleResolver resolver = new SimpleResolver(zone.server());
    resolver.setTCP(true);
    resolver.setTimeout(zone.timeout());
    resolver.setTSIGKey(
        new TSIG(
            TSIG.algorithmToName(zone.key().algorithm()),
            absolute(zone.key().name()),
            Base64.getDecoder().decode(zone.key().secret())));
    return resolver;
  }

  private static TXTRecord record(Challenge challenge) {
    return text(challenge.recordName(), challenge.recordValue());
  }

  private static TXTRecord text(String name, String value) {
    return new TXTRecord(absolute(name), DClass.IN, TTL.toSeconds(), List.of(value));
  }

  private static Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("not a DNS name: '" + name + "'", e);
    }
  }
}
