package dev.perch.bench.certmon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.bench.stack.Witness;
import dev.perch.bench.stack.Witness.Sight;
import dev.perch.contract.Catalogue;
import dev.perch.contract.host.HostDocument;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The way of one revision to its host, as any consumer can follow it on Kafka. The times are those
 * of the sights.
 *
 * @param sha256 of the certificate, hexadecimal
 * @param asked the host is asked for a key
 * @param keyMade the host has made it, and asks for a certificate
 * @param issued the revision is in use
 * @param told the host is told of it
 * @param shown the host has it in place, and its server was seen to show it
 * @param verified the publication is {@code VERIFIED}
 */
record Journey(
    String sha256, long asked, long keyMade, long issued, long told, long shown, long verified) {
  static final String CERTIFICATES = Catalogue.CERTIFICATES.state().name();
  private static final String DOCUMENTS = Catalogue.hostDesired("certmon").name();
  private static final String REPORTS = Catalogue.HOST_OBSERVATIONS.state().name();

  /** Where it can be followed. */
  static final List<String> TOPICS = List.of(CERTIFICATES, DOCUMENTS, REPORTS);

  /** Empty until it is at its end. */
  static Optional<Journey> of(Witness witness, UUID host, UUID certificate, int revision) {
    String document = HostDocument.key(host, "certificates." + certificate);
    return of(
        revision,
        witness.of(CERTIFICATES, certificate.toString()),
        witness.of(DOCUMENTS, document),
        witness.of(REPORTS, document));
  }

  /** From what was seen of the certificate, of its documents and of the host's reports. */
  static Optional<Journey> of(
      int revision, List<Sight> versions, List<Sight> documents, List<Sight> reports) {
    Optional<Sight> verified = first(versions, version -> isVerified(version, revision));
    if (verified.isEmpty()) {
      return Optional.empty();
    }
    String sha256 = verified.get().value().at("/revision/sha256").asText();
    Optional<Sight> issued =
        first(versions, version -> isText(version, "/revision/sha256", sha256));
    Optional<Sight> told =
        first(documents, document -> isText(document, "/spec/probe/sha256", sha256));
    Optional<Sight> shown =
        first(reports, report -> isText(report, "/readBack/served/sha256", sha256));
    // What was seen last is not always what was published last: topics are read side by side.
    if (issued.isEmpty() || told.isEmpty() || shown.isEmpty()) {
      return Optional.empty();
    }
    String key = key(told.get().value());
    Optional<Sight> asked = first(documents, document -> names(document.at("/spec/requests"), key));
    Optional<Sight> made = first(reports, report -> names(report.at("/readBack/keys"), key));
    if (asked.isEmpty() || made.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Journey(
            sha256,
            asked.get().seenAt(),
            made.get().seenAt(),
            issued.get().seenAt(),
            told.get().seenAt(),
            shown.get().seenAt(),
            verified.get().seenAt()));
  }

  /** Whether a certificate's revision is proven to be served. */
  static boolean isVerified(JsonNode certificate, int revision) {
    return certificate.at("/revision/number").asInt() == revision
        && certificate.at("/publications/0/revision").asInt() == revision
        && isText(certificate, "/publications/0/state", "VERIFIED");
  }

  /** The name of the key that a document wants in a file. */
  private static String key(JsonNode document) {
    for (JsonNode file : document.at("/spec/files")) {
      if (file.hasNonNull("key")) {
        return file.at("/key/name").asText();
      }
    }
    return "";
  }

  private static boolean names(JsonNode keys, String name) {
    return keys.findValuesAsText("name").contains(name);
  }

  private static boolean isText(JsonNode node, String at, String text) {
    return node.at(at).asText().equals(text);
  }

  private static Optional<Sight> first(List<Sight> sights, Predicate<JsonNode> so) {
    return sights.stream().filter(sight -> so.test(sight.value())).findFirst();
  }
}
