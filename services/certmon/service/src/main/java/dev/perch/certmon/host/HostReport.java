package dev.perch.certmon.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.host.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a host said last of its document for a certificate.
 *
 * @param generation of the document it speaks of; 0 when it holds none
 * @param readBack what the driver read back; null if it could not
 */
public record HostReport(long generation, List<Condition> conditions, @Nullable JsonNode readBack) {

  public HostReport {
    conditions = List.copyOf(conditions);
  }

  /** The certificate request for a key, PEM. */
  public Optional<String> request(String key) {
    return readBack == null
        ? Optional.empty()
        : readBack
            .path("keys")
            .valueStream()
            .filter(one -> one.path("name").asText().equals(key))
            .map(one -> one.path("request").asText())
            .filter(request -> !request.isEmpty())
            .findFirst();
  }

  /** The names of keys that certificates were issued for and that are not there any more. */
  List<String> lost() {
    return readBack == null
        ? List.of()
        : readBack.path("lost").valueStream().map(JsonNode::asText).toList();
  }

  /** SHA-256 of the leaf that the probe was served, hexadecimal; empty if it failed. */
  Optional<String> served() {
    return readBack == null
        ? Optional.empty()
        : Optional.of(readBack.at("/served/sha256").asText()).filter(hash -> !hash.isEmpty());
  }

  Optional<Condition> condition(String type) {
    return conditions.stream().filter(one -> one.type().equals(type)).findFirst();
  }
}
