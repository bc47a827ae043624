package dev.perch.bench.certmon;

import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Stack;
import dev.perch.bench.stack.Token;
import dev.perch.bench.stack.Witness;
import dev.perch.bench.stack.Witness.Sight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * Sites of one host each, which gets a certificate by rule. A rule says one folder and one address
 * for all of its hosts, and the hosts share this machine: so each site has a rule of its own, and
 * certmon looks at the rules of a host's site only.
 */
final class EdgeSites implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Map<String, String> WEB = Map.of("role", "web");

  private final Certmon certmon;
  private final Inventory inventory;
  private final Witness witness;
  private final Fleet fleet;
  private final UUID issuer;

  EdgeSites(Stack stack, Certmon certmon)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    this.certmon = certmon;
    this.issuer = certmon.ca();
    this.fleet = new Fleet(stack);
    this.inventory = new Inventory(stack.url("inventory"), new Token(stack));
    this.witness = new Witness(stack.kafka(), Journey.TOPICS);
  }

  /** A site with its rule, and a machine that nobody has registered yet. */
  record Site(UUID id, String name, UUID rule, EdgeHost machine) {}

  /**
   * A host that serves its certificate.
   *
   * @param begin when somebody began to register it, in milliseconds of this machine's clock
   * @param given when the certificate was seen that the rule had made
   * @param enrolled when its agent was enrolled, and not started yet
   */
  record Host(
      Site site, UUID id, UUID certificate, long begin, long given, long enrolled, Journey first) {}

  Site prepare() throws IOException, InterruptedException {
    String name = Certmon.name("edge");
    EdgeHost machine = fleet.add();
    UUID site = inventory.createSite(name);
    Map<String, ?> target =
        Map.of(
            "folder", machine.tls().toString(),
            "mode", "0600",
            "reload", machine.server().reload(),
            "probe",
                Map.of("address", machine.server().address(), "serverName", "{name}.edge.example"));
    UUID rule =
        certmon.rule(
            Map.of(
                "name", name,
                "siteId", site,
                "selector", "role=web",
                "issuerId", issuer,
                "names", List.of("dns:{name}.edge.example"),
                "target", target));
    return new Site(site, name, rule, machine);
  }

  /** Registers, enrols and starts the host; returns when its certificate is {@code VERIFIED}. */
  Host appear(Site site) throws IOException, InterruptedException, TimeoutException {
    long begin = System.currentTimeMillis();
    UUID id = inventory.createHost(site.id(), site.name(), WEB, site.name()).host().id();
    site.machine().enrol(inventory.invite(site.id(), site.name()));
    long enrolled = System.currentTimeMillis();
    site.machine().start();
    Witness.await("a certificate by rule", PATIENCE, () -> given(site).isPresent());
    Sight given = given(site).orElseThrow();
    UUID certificate = UUID.fromString(given.key());
    Journey journey = journey(site, id, certificate, 1);
    return new Host(site, id, certificate, begin, given.seenAt(), enrolled, journey);
  }

  private Optional<Sight> given(Site site) {
    return witness.first(
        Journey.CERTIFICATES,
        certificate -> certificate.path("ruleId").asText().equals(site.rule().toString()));
  }

  UUID renew(Host host) throws IOException, InterruptedException {
    return certmon.renew(host.certificate());
  }

  /** Returns when a revision is {@code VERIFIED}, and really shown. */
  Journey journey(Host host, int revision) throws InterruptedException, TimeoutException {
    return journey(host.site(), host.id(), host.certificate(), revision);
  }

  private Journey journey(Site site, UUID host, UUID certificate, int revision)
      throws InterruptedException, TimeoutException {
    try {
      Witness.await(
          "revision " + revision + " of certificate " + certificate + " VERIFIED",
          PATIENCE,
          () -> Journey.of(witness, host, certificate, revision).isPresent());
    } catch (TimeoutException e) {
      throw new TimeoutException(e.getMessage() + "; its agent said:\n" + site.machine().log());
    }
    Journey journey = Journey.of(witness, host, certificate, revision).orElseThrow();
    // For 100 ms after a reload nginx has workers of both kinds, and the agent asked one.
    Witness.await(
        "revision " + revision + " shown to everybody",
        PATIENCE,
        () -> shows(site.machine().server(), journey.sha256()));
    return journey;
  }

  private static boolean shows(WebServer server, String sha256) {
    try {
      return server.shown().sha256().equals(sha256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who may read the key is something else from now on: of the files, no more. */
  UUID changeMode(Host host, String mode) throws IOException, InterruptedException {
    return certmon.changeRule(host.site().rule(), Map.of("target", Map.of("mode", mode)));
  }

  /** Returns when the certificate was seen to be {@code VERIFIED} anew after a moment. */
  long verifiedAnew(Host host, int revision, Instant after)
      throws InterruptedException, TimeoutException {
    Witness.await(
        "certificate " + host.certificate() + " VERIFIED anew",
        PATIENCE,
        () -> anew(host, revision, after).isPresent());
    return anew(host, revision, after).orElseThrow().seenAt();
  }

  private Optional<Sight> anew(Host host, int revision, Instant after) {
    return witness.of(Journey.CERTIFICATES, host.certificate().toString()).stream()
        .filter(sight -> Journey.isVerified(sight.value(), revision))
        .filter(sight -> since(sight).isAfter(after))
        .findFirst();
  }

  private static Instant since(Sight sight) {
    return Instant.parse(sight.value().at("/publications/0/since").asText());
  }

  /** Of all agents that run. */
  List<Long> agents() {
    return fleet.pids();
  }

  /** It is gone for Perch, and its certificate is revoked; its agent is to end. */
  void remove(Host host) throws IOException, InterruptedException {
    inventory.delete(inventory.read(host.id()));
  }

  @Override
  public void close() throws IOException {
    witness.close();
    inventory.close();
    fleet.close();
  }
}
