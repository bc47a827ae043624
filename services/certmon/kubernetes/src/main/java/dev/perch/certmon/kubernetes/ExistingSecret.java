package dev.perch.certmon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Secret as it was read, and who owns what of it. Its {@code toString} tells no secret. */
final class ExistingSecret {
  private final JsonNode secret;
  private final Map<Part, byte[]> content;

  ExistingSecret(JsonNode secret) {
    this.secret = secret;
    this.content = contentOf(secret);
  }

  /**
   * @param declares whether it applies a whole, again and again, rather than having changed
   *     something once
   */
  record Owner(String name, boolean declares) {}

  String uid() {
    return metadata("uid");
  }

  String resourceVersion() {
    return metadata("resourceVersion");
  }

  String type() {
    return secret.path("type").asText();
  }

  boolean isTerminating() {
    return secret.path("metadata").has("deletionTimestamp");
  }

  List<String> finalizers() {
    List<String> finalizers = new ArrayList<>();
    secret.at("/metadata/finalizers").forEach(finalizer -> finalizers.add(finalizer.asText()));
    return finalizers;
  }

  boolean isImmutable() {
    return secret.path("immutable").asBoolean();
  }

  Optional<byte[]> value(Part part) {
    return Optional.ofNullable(content.get(part));
  }

  Optional<String> text(Part part) {
    return value(part).map(value -> new String(value, StandardCharsets.UTF_8));
  }

  Fingerprint fingerprint() {
    return Fingerprint.of(content);
  }

  /** Whether this program has applied any of it. */
  boolean isAppliedByUs() {
    return !appliedByUs().isEmpty();
  }

  /** What this program has applied and nobody has taken from it. */
  Set<Part> appliedByUs() {
    Set<Part> parts = new HashSet<>();
    for (JsonNode entry : entries()) {
      if (isOurs(entry)) {
        parts.addAll(Part.in(entry.path("fieldsV1")));
      }
    }
    return parts;
  }

  /** The other owners of a part. */
  List<Owner> ownersOf(Part part) {
    List<Owner> owners = new ArrayList<>();
    for (JsonNode entry : entries()) {
      if (!isOurs(entry) && Part.in(entry.path("fieldsV1")).contains(part)) {
        owners.add(new Owner(entry.path("manager").asText(), isApply(entry)));
      }
    }
    return owners;
  }

  @Override
  public String toString() {
    return "ExistingSecret[uid " + uid() + ", version " + resourceVersion() + "]";
  }

  private String metadata(String field) {
    return secret.path("metadata").path(field).asText();
  }

  private JsonNode entries() {
    return secret.at("/metadata/managedFields");
  }

  private static boolean isOurs(JsonNode entry) {
    return isApply(entry) && entry.path("manager").asText().equals(Api.FIELD_MANAGER);
  }

  private static boolean isApply(JsonNode entry) {
    return entry.path("operation").asText().equals("Apply");
  }

  private static Map<Part, byte[]> contentOf(JsonNode secret) {
    Map<Part, byte[]> content = new HashMap<>();
    secret
        .path("data")
        .properties()
        .forEach(entry -> content.put(Part.data(entry.getKey()), bytes(entry.getValue())));
    texts(secret.at("/metadata/labels"))
        .forEach((key, value) -> content.put(Part.label(key), value));
    texts(secret.at("/metadata/annotations"))
        .forEach((key, value) -> content.put(Part.annotation(key), value));
    return content;
  }

  private static Map<String, byte[]> texts(JsonNode texts) {
    Map<String, byte[]> values = new HashMap<>();
    texts
        .properties()
        .forEach(
            entry ->
                values.put(
                    entry.getKey(), entry.getValue().asText().getBytes(StandardCharsets.UTF_8)));
    return values;
  }

  private static byte[] bytes(JsonNode base64) {
    try {
      return base64.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
